using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Web.Moving;
using HomeHub.Web.SignIn;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web.Endpoints;

/// <summary>Stands before every endpoint of the table: who asks, in which language, whether that one may, whether the form is the hub's own.</summary>
internal sealed class Gate(PagesParts parts, PageServices services)
{
    private readonly ILogger _logger = parts.Loggers.CreateLogger("HomeHub.Web.Pages");

    /// <summary>Runs an endpoint for whoever may.</summary>
    public async Task RunAsync(PageEndpoint endpoint, HttpContext http)
    {
        PageContext page = await OpenAsync(http).ConfigureAwait(false);
        try
        {
            if (parts.Move.Moved is not null && !endpoint.IsForMoved)
            {
                await page.GoToAsync(MovePages.MovedPath).ConfigureAwait(false);
            }
            else if (!IsAllowed(endpoint, page))
            {
                await RefuseAsync(endpoint, page).ConfigureAwait(false);
            }
            else if (endpoint.Method == HttpMethods.Post && !endpoint.TakesFile && !await IsOwnFormAsync(http).ConfigureAwait(false))
            {
                await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            }
            else
            {
                await endpoint.RunAsync(page).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested || services.Stopping.IsCancellationRequested)
        {
            // Whoever asked has gone, or the hub ends.
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await page.FailAsync(error.StatusCode).ConfigureAwait(false);
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            // Which page, and for whom, is not told. A BufferException says what is wrong with a file; of others only the kind can be told without risk.
            _logger.LogError("A page failed: {Kind} {Reason}", error.GetType().Name, error is BufferException ? error.Message : "");
            http.Response.Clear();
            Safety.SafetyHeaders.Set(http.Response.Headers);
            await page.FailAsync(StatusCodes.Status500InternalServerError).ConfigureAwait(false);
        }
    }

    /// <summary>What is known of a request before it is run. The household may fail; an error page must not.</summary>
    public async Task<PageContext> OpenAsync(HttpContext http)
    {
        PageSession? session = SessionCookie.Of(http);
        try
        {
            return new PageContext(http, parts, services, await LanguageChoice.OfAsync(http, parts.Household, session).ConfigureAwait(false), session);
        }
        catch (BufferException)
        {
            return new PageContext(http, parts, services, LanguageChoice.OfBrowser(http), session);
        }
    }

    /// <summary>Who may what: the one rule.</summary>
    internal static bool IsAllowed(PageEndpoint endpoint, PageSession? session, string? person) => endpoint.Access switch
    {
        Access.Anyone => true,
        Access.SignedIn => session is not null,
        Access.Person => session is not null && (session.IsNurse || session.Account.ToString(CultureInfo.InvariantCulture) == person),
        Access.Nurse => session is { IsNurse: true },
        _ => false,
    };

    private static bool IsAllowed(PageEndpoint endpoint, PageContext page) =>
        IsAllowed(endpoint, page.Session, page.Http.Request.RouteValues.TryGetValue(PageEndpoint.PersonValue, out object? person) ? person as string : null);

    private static Task RefuseAsync(PageEndpoint endpoint, PageContext page)
    {
        if (page.Session is not null)
        {
            return page.FailAsync(StatusCodes.Status403Forbidden);
        }

        if (endpoint.Method == HttpMethods.Get && !endpoint.Route.EndsWith(Safety.PageRateLimits.LiveEnding, StringComparison.Ordinal))
        {
            return page.GoToAsync(SignInPages.Path);
        }

        page.Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private async Task<bool> IsOwnFormAsync(HttpContext http)
    {
        try
        {
            await services.Antiforgery.ValidateRequestAsync(http).ConfigureAwait(false);
            return true;
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }
}
