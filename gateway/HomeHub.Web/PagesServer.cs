using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Moving;
using HomeHub.Web.Safety;
using HomeHub.Web.SignIn;
using HomeHub.Web.Tls;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web;

/// <summary>The pages, served: TLS only, with the hub's own certificate. Nothing of it is there while the pages are off.</summary>
public sealed class PagesServer : IAsyncDisposable
{
    /// <summary>Folder of the cookies' keys within the data folder.</summary>
    public const string CookieKeys = "pages-cookie-keys";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    private readonly WebApplication _app;
    private readonly HubCertificate _certificate;
    private readonly SignInDesk _desk;
    private readonly IPAddress _listen;
    private readonly PagesParts _parts;

    private PagesServer(WebApplication app, HubCertificate certificate, SignInDesk desk, IPAddress listen, PagesParts parts) =>
        (_app, _certificate, _desk, _listen, _parts) = (app, certificate, desk, listen, parts);

    /// <summary>Port of the pages.</summary>
    public int Port { get; private set; }

    /// <summary>Port whose plain HTTP leads to the pages; null: none.</summary>
    public int? RedirectPort { get; private set; }

    /// <summary>SHA-256 of the pages' public key, 32 octets.</summary>
    public IReadOnlyList<byte> Fingerprint => _certificate.Fingerprint;

    /// <summary>The endpoints as they are mapped, for the test that compares them with the table.</summary>
    internal IEnumerable<Endpoint> Mapped => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints);

    /// <summary>Makes key, certificate and claim code at the first start, and serves.</summary>
    /// <exception cref="IOException">A port is taken, or a file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="InvalidDataException">The key's file is no key.</exception>
    public static async Task<PagesServer> StartAsync(PagesOptions options, PagesParts parts, CancellationToken cancellation)
    {
        var certificate = HubCertificate.Open(options.Folder, HubName.Of(parts.Hub), HubAddresses.Read, parts.Time);
        var desk = new SignInDesk(parts.Household, parts.Time);
        PagesServer? server = null;
        try
        {
            await parts.Household.EnsureClaimCodeAsync(ClaimCode.Create(), cancellation).ConfigureAwait(false);
            server = new PagesServer(Build(options, parts, certificate, desk), certificate, desk, options.Listen.Address, parts);
            await server._app.StartAsync(cancellation).ConfigureAwait(false);
            int[] ports = [.. server._app.Urls.Select(url => new Uri(url).Port)];
            (server.Port, server.RedirectPort) = (ports[0], ports.Length > 1 ? ports[1] : null);
            return server;
        }
        catch
        {
            if (server is null)
            {
                certificate.Dispose();
                desk.Dispose();
            }
            else
            {
                await server.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Visits the pages once, so that the first person need not wait for what is compiled at the first visit. Whether it worked is nobody's trouble.</summary>
    public async Task WarmUpAsync()
    {
        try
        {
            await WarmUp.RunAsync(new IPEndPoint(_listen, Port), Fingerprint, _parts.Time, _app.Lifetime.ApplicationStopping).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            _parts.Loggers.CreateLogger<PagesServer>().LogDebug("The pages were not visited ahead: {Error}", error.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(StopLimit))
        {
            await _app.StopAsync(limit.Token).ConfigureAwait(false);
        }

        await _app.DisposeAsync().ConfigureAwait(false);
        _certificate.Dispose();
        _desk.Dispose();
    }

    private static WebApplication Build(PagesOptions options, PagesParts parts, HubCertificate certificate, SignInDesk desk)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = options.Folder, ApplicationName = "HomeHub.Web" });
        builder.Services.AddSingleton<ILoggerFactory>(new FrameworkLoggers(parts.Loggers));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options, certificate));
        AddServices(builder.Services, options, parts);
        WebApplication app = builder.Build();
        var services = new PageServices(
            desk,
            new KnownBrowser(app.Services.GetRequiredService<IDataProtectionProvider>()),
            app.Services.GetRequiredService<IAntiforgery>(),
            new PageRenderer(app.Services, parts.Loggers),
            app.Lifetime.ApplicationStopping)
        {
            Fingerprint = certificate.Fingerprint,
            TakeIn = new TakeInTicket(parts.Time),
        };
        var gate = new Gate(parts, services);
        Guard(app, options, parts, gate);
        foreach (PageEndpoint endpoint in PageTable.All.Where(endpoint => options.IsDevelopment || !endpoint.IsForDevelopment))
        {
            app.MapMethods(endpoint.Route, [endpoint.Method], http => gate.RunAsync(endpoint, http)).WithMetadata(endpoint);
        }

        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, PagesOptions options, HubCertificate certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = PageLimits.MaxRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = PageLimits.MaxConnections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = PageLimits.MaxStreamsOfConnection;
        kestrel.Limits.MaxRequestHeadersTotalSize = PageLimits.MaxRequestBytes;
        var perAddress = new ConnectionLimit(options.Limits.ConnectionsOfAddress);
        kestrel.Listen(options.Listen, listen =>
        {
            listen.Use(next => connection => perAddress.RunAsync(connection, next));
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current());
        });
        if (options.RedirectFrom is { } port)
        {
            kestrel.Listen(options.Listen.Address, port, listen =>
            {
                // Both ports share the server's connections.
                listen.Use(next => connection => perAddress.RunAsync(connection, next));
                listen.Protocols = HttpProtocols.Http1;
            });
        }
    }

    private static void AddServices(IServiceCollection services, PagesOptions options, PagesParts parts)
    {
        string keys = Path.Combine(options.Folder, CookieKeys);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(keys);
        }
        else
        {
            Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        services.AddRoutingCore();
        services.AddDataProtection().SetApplicationName("HomeHub.Web").PersistKeysToFileSystem(new DirectoryInfo(keys));
        services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme, cookie => SessionCookie.Configure(cookie, parts.Household, parts.Time));
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "__Host-homehub-form";
            forms.Cookie.Path = "/";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PageRateLimits.Create(options.Limits);
        });
    }

    /// <summary>What every request goes through before an endpoint sees it, in this order.</summary>
    private static void Guard(WebApplication app, PagesOptions options, PagesParts parts, Gate gate)
    {
        var hosts = new HostCheck(parts.Hub, options.Names);
        app.Use((http, next) =>
        {
            SafetyHeaders.Set(http.Response.Headers);
            if (!hosts.Allows(http.Request.Host, http.Connection.LocalIpAddress))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            if (!http.Request.IsHttps)
            {
                http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
                int port = new Uri(app.Urls.First()).Port;
                http.Response.Headers.Location = $"https://{new HostString(http.Request.Host.Host, port)}{http.Request.Path.ToUriComponent()}";
                return Task.CompletedTask;
            }

            return next(http);
        });
        app.UseRateLimiter(new() { GlobalLimiter = PageRateLimits.Create(options.Limits), OnRejected = (context, _) => RefuseAsync(context.HttpContext, gate) });
        app.UseAuthentication();
        app.UseRouting();
        app.Use(async (http, next) =>
        {
            await next(http).ConfigureAwait(false);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed })
            {
                await (await gate.OpenAsync(http).ConfigureAwait(false)).FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            }
        });
    }

    /// <summary>In words, in the browser's language: nobody has been authenticated yet, and the household is not asked.</summary>
    private static async ValueTask RefuseAsync(HttpContext http, Gate gate)
    {
        http.Response.Headers.RetryAfter = "60";
        await (await gate.OpenAsync(http).ConfigureAwait(false)).FailAsync(StatusCodes.Status429TooManyRequests).ConfigureAwait(false);
    }
}
