using System.Globalization;
using System.Security.Claims;
using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Web.Safety;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.SignIn;

/// <summary>
/// What is signed in, as ASP.NET's cookie: encrypted, for this host only, gone when the browser closes. It holds the account's number, the generation of its PIN
/// and when it was signed in; the PIN's generation is asked for at each request, so that a change of the PIN signs out everywhere.
/// </summary>
internal static class SessionCookie
{
    public const string Scheme = "pages", Name = "__Host-homehub";

    private const string AccountClaim = "account", GenerationClaim = "generation", StartedClaim = "started";

    public static void Configure(CookieAuthenticationOptions options, IHousehold household, TimeProvider time)
    {
        options.Cookie.Name = Name;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.SlidingExpiration = true;
        options.TimeProvider = time;
        options.Events = new CookieAuthenticationEvents
        {
            // Whoever only watches a live part is not at work; all other requests are.
            OnCheckSlidingExpiration = context =>
            {
                context.ShouldRenew = context.Request.Path.Value?.EndsWith(PageRateLimits.LiveEnding, StringComparison.Ordinal) != true;
                return Task.CompletedTask;
            },
            OnValidatePrincipal = async context =>
            {
                try
                {
                    if (Read(context.Principal, context.Properties) is not { } session || !await HoldsAsync(session, household, time.GetUtcNow(), context.HttpContext.RequestAborted).ConfigureAwait(false))
                    {
                        context.RejectPrincipal();
                        await context.HttpContext.SignOutAsync(Scheme).ConfigureAwait(false);
                    }
                }
                catch (BufferException)
                {
                    // Where the household can't be asked nobody is signed in, and what needs nobody to be is shown all the same.
                    context.RejectPrincipal();
                }
            },
        };
    }

    /// <summary>True while a session holds: its account has still the PIN that it was signed in with, and it is not older than the longest.</summary>
    public static async Task<bool> HoldsAsync(PageSession session, IHousehold household, DateTimeOffset now, CancellationToken cancellation)
    {
        AccountPin pin = await household.GetPinAsync(session.Account, cancellation).ConfigureAwait(false);
        return pin.Hash is not null && pin.Generation == session.Generation && (now - session.StartedAt).Duration() < PageSession.Longest;
    }

    /// <summary>The session of a request that was authenticated; null when nobody is signed in.</summary>
    public static PageSession? Of(HttpContext http) =>
        http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is { Succeeded: true } result ? Read(result.Principal, result.Properties) : null;

    /// <summary>Signs an account in.</summary>
    public static async Task SignInAsync(HttpContext http, int account, IHousehold household, DateTimeOffset now)
    {
        AccountPin pin = await household.GetPinAsync(account, http.RequestAborted).ConfigureAwait(false);
        var identity = new ClaimsIdentity(
            [
                new Claim(AccountClaim, account.ToString(CultureInfo.InvariantCulture)),
                new Claim(GenerationClaim, pin.Generation.ToString(CultureInfo.InvariantCulture)),
                new Claim(StartedClaim, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            Scheme);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + PageSession.IdleLimit(account) })
            .ConfigureAwait(false);
    }

    private static PageSession? Read(ClaimsPrincipal? principal, AuthenticationProperties properties) =>
        Number(principal, AccountClaim) is { } account && Number(principal, GenerationClaim) is { } generation && Number(principal, StartedClaim) is { } started
            && properties.ExpiresUtc is { } end
            ? new PageSession((int)account, (int)generation, DateTimeOffset.FromUnixTimeSeconds(started), end)
            : null;

    private static long? Number(ClaimsPrincipal? principal, string claim) =>
        long.TryParse(principal?.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
