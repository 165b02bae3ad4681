using HomeHub.Web.Endpoints;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Pages;

/// <summary>Choosing a language: for a person who is signed in, wherever they sign in; else for this browser.</summary>
internal static class LanguagePages
{
    public const string Path = "/language";

    public static PageEndpoint[] Endpoints { get; } = [PageEndpoint.Post(Path, Access.Anyone, ChooseAsync) with { IsForMoved = true }];

    private static async Task ChooseAsync(PageContext page)
    {
        if (!Languages.Codes.Contains(page.Field("language")) || Languages.Find(page.Field("language")) is not { } language)
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        if (page.Session is { IsNurse: false } session && await page.Household.FindPersonAsync(session.Account, page.Cancellation).ConfigureAwait(false) is { } person)
        {
            await page.Household.SavePersonAsync(person with { Language = language.Code }, page.Cancellation).ConfigureAwait(false);
        }
        else
        {
            LanguageChoice.Remember(page.Http, language);
        }

        // No referrer is sent, so that the way leads to where everybody comes in.
        await page.GoToAsync("/").ConfigureAwait(false);
    }
}
