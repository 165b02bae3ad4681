using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.SignIn;

/// <summary>The first nurse makes the hub hers: the code on the label, then a PIN of her own. Also of a hub that was moved: only a nurse fetches its file, undoes the move or wipes the hub.</summary>
internal static class ClaimPages
{
    public const string Path = "/claim", CodeField = "code";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Anyone, async page =>
        {
            if (await IsClaimedAsync(page).ConfigureAwait(false))
            {
                await page.GoToAsync(SignInPages.Path).ConfigureAwait(false);
                return;
            }

            await page.ShowAsync<ClaimPage>().ConfigureAwait(false);
        }) with { IsForMoved = true },
        PageEndpoint.Post(Path, Access.Anyone, ClaimAsync) with { IsForMoved = true },
    ];

    /// <summary>Whether a nurse has made the hub hers.</summary>
    public static async Task<bool> IsClaimedAsync(PageContext page) =>
        await page.Household.GetClaimCodeAsync(page.Cancellation).ConfigureAwait(false) is null;

    private static async Task ClaimAsync(PageContext page)
    {
        string code = page.Field(CodeField), pin = page.Field(NewPinFields.PinName);
        if (PinRules.Check(HouseholdAccounts.Nurse, pin, page.Field(NewPinFields.AgainName)) is { } problem)
        {
            await page.ShowAsync<ClaimPage>(StatusCodes.Status422UnprocessableEntity, (nameof(ClaimPage.Code), code), (nameof(ClaimPage.Problem), problem)).ConfigureAwait(false);
            return;
        }

        SignInOutcome outcome = await page.Services.Desk.ClaimAsync(code, pin, page.RemoteKey, page.Cancellation).ConfigureAwait(false);
        if (!outcome.IsRight)
        {
            await page.ShowAsync<ClaimPage>(
                SignInPages.StatusOf(page, outcome), (nameof(ClaimPage.Code), code), (nameof(ClaimPage.IsCodeWrong), true), (nameof(ClaimPage.Wait), outcome.Wait)).ConfigureAwait(false);
            return;
        }

        await SignInPages.EnterAsync(page, HouseholdAccounts.Nurse).ConfigureAwait(false);
        await page.GoToAsync("/").ConfigureAwait(false);
    }
}
