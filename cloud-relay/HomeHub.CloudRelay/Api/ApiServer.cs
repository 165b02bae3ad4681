using System.Net;
using HomeHub.CloudRelay.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HomeHub.CloudRelay.Api;

/// <summary>Builds the HTTP side: Kestrel, access, health and the FHIR API.</summary>
internal static class ApiServer
{
    private const int MaxRequestLineBytes = 16 * 1024;

    /// <summary>Builds it; the caller starts it.</summary>
    /// <param name="listen">Where to listen.</param>
    /// <param name="security">Who may read.</param>
    /// <param name="store">What is read.</param>
    /// <param name="health">What the health checks say.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logging">Sets up logging.</param>
    public static WebApplication Build(
        ListenAddress listen, ApiSecurity security, RelayStore store, IRelayHealth health, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        // Paths and queries name patients: what the server logs of a request stays out.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Why the host could not start is said once, in one line, by the command.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(listen.Address ?? IPAddress.Any, listen.Port, options =>
            {
                if (listen.Tls)
                {
                    options.UseHttps(security.Configure);
                }
            });
        });

        var app = builder.Build();
        app.Use(next => context => AnswerFailureAsync(context, next, app.Logger));
        if (security.Tokens is { } tokens)
        {
            app.Use(next => context => IsOpen(context) || tokens.Allows(context.Request.Headers.Authorization) ? next(context) : RefuseAsync(context));
        }

        app.MapGet("/health/live", (RequestDelegate)(context => SayAsync(context, true, "live")));
        app.MapGet("/health/ready", (RequestDelegate)(context => health.NotReady() is { } why ? SayAsync(context, false, why) : SayAsync(context, true, "ready")));
        new FhirEndpoints(store, clock).Map(app);
        return app;
    }

    /// <summary>The URL that a started server listens on, with the port that the system chose.</summary>
    public static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static bool IsOpen(HttpContext context) => context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return FhirJson.SendAsync(context, new(StatusCodes.Status401Unauthorized, "login", "A bearer token is needed."));
    }

    private static async Task SayAsync(HttpContext context, bool good, string text)
    {
        context.Response.StatusCode = good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(text + "\n");
    }

    private static async Task AnswerFailureAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or InvalidDataException && !context.Response.HasStarted)
        {
            log.LogError("The store can't be read: {Problem}", e.Message);
            await FhirJson.SendAsync(context, new(StatusCodes.Status500InternalServerError, "exception", "The store can't be read; the relay's log says why."));
        }
    }
}
