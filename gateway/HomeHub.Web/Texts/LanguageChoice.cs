using HomeHub.Core.Household;
using HomeHub.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Texts;

/// <summary>Which language somebody reads: that of the person, else what was chosen with this browser, else the hub's, else what the browser asks for.</summary>
internal static class LanguageChoice
{
    /// <summary>Cookie with what was chosen before anybody was signed in.</summary>
    public const string CookieName = "__Host-homehub-language";

    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    public static async Task<Language> OfAsync(HttpContext http, IHousehold household, PageSession? session)
    {
        string? ofPerson = session is { IsNurse: false }
            ? (await household.FindPersonAsync(session.Account, http.RequestAborted).ConfigureAwait(false))?.Language
            : null;
        return Languages.Find(ofPerson)
            ?? Languages.Find(http.Request.Cookies[CookieName])
            ?? Languages.Find(await household.GetSettingAsync(HouseholdSettings.Language, http.RequestAborted).ConfigureAwait(false))
            ?? OfBrowser(http);
    }

    /// <summary>What the browser asks for, by weight.</summary>
    public static Language OfBrowser(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(asked => asked.Quality ?? 1)
        .Select(asked => Languages.Find(asked.Value.ToString()))
        .FirstOrDefault(found => found is not null) ?? Languages.Default;

    public static void Remember(HttpContext http, Language language) => http.Response.Cookies.Append(
        CookieName, language.Code, new CookieOptions { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = Memory });
}
