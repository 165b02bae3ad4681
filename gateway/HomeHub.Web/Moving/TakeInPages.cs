using HomeHub.Core.Moving;
using HomeHub.Web.Endpoints;
using HomeHub.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Moving;

/// <summary>The hub that takes the place of another, before a nurse has made it hers: the claim code and the transfer code, then the file.</summary>
internal static class TakeInPages
{
    public const string Path = ClaimPages.Path + "/move", ArchivePath = Path + "/archive", CodeField = "transfer", TicketField = "ticket", FileField = "archive";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Anyone, page => WhenFreeAsync(page, () => page.ShowAsync<TakeInPage>())),
        PageEndpoint.Post(Path, Access.Anyone, page => WhenFreeAsync(page, () => CheckAsync(page))),
        PageEndpoint.Post(ArchivePath, Access.Anyone, TakeAsync) with { TakesFile = true },
    ];

    /// <summary>Only before the hub is claimed, and while nothing of a home is on it.</summary>
    private static async Task WhenFreeAsync(PageContext page, Func<Task> act)
    {
        if (page.Parts.Move.IsStartingAnew || await page.Household.GetClaimCodeAsync(page.Cancellation).ConfigureAwait(false) is null)
        {
            await page.GoToAsync(ClaimPages.Path).ConfigureAwait(false);
        }
        else if (await page.Parts.Move.FindObstacleAsync(page.Cancellation).ConfigureAwait(false) is { } problem)
        {
            await page.ShowAsync<TakeInPage>(StatusCodes.Status409Conflict, (nameof(TakeInPage.Problem), problem)).ConfigureAwait(false);
        }
        else
        {
            await act().ConfigureAwait(false);
        }
    }

    private static async Task CheckAsync(PageContext page)
    {
        string claim = page.Field(ClaimPages.CodeField), typed = page.Field(CodeField);
        if (TransferCode.Read(typed) is not { } code)
        {
            await AskAgainAsync(page, StatusCodes.Status422UnprocessableEntity, claim, typed, (nameof(TakeInPage.IsTransferWrong), true)).ConfigureAwait(false);
            return;
        }

        SignInOutcome outcome = await page.Services.Desk.CheckClaimAsync(claim, page.RemoteKey, page.Cancellation).ConfigureAwait(false);
        if (!outcome.IsRight)
        {
            await AskAgainAsync(page, SignInPages.StatusOf(page, outcome), claim, typed, (nameof(TakeInPage.IsClaimWrong), true), (nameof(TakeInPage.Wait), outcome.Wait)).ConfigureAwait(false);
            return;
        }

        await page.ShowAsync<ArchivePage>(parameters: (nameof(ArchivePage.Ticket), page.Services.TakeIn.Make(code))).ConfigureAwait(false);
    }

    private static Task AskAgainAsync(PageContext page, int status, string claim, string transfer, params (string Name, object? Value)[] wrong) =>
        page.ShowAsync<TakeInPage>(status, [(nameof(TakeInPage.Claim), claim), (nameof(TakeInPage.Transfer), transfer), .. wrong]);

    private static async Task TakeAsync(PageContext page)
    {
        if (await FileForm.OpenAsync(page).ConfigureAwait(false) is not { } form)
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        string ticket = form.Field(TicketField);
        if (page.Services.TakeIn.Find(ticket) is not { } code || await page.Household.GetClaimCodeAsync(page.Cancellation).ConfigureAwait(false) is null)
        {
            // What is left of the file is not read: anybody may send one.
            await page.ShowAsync<TakeInPage>(StatusCodes.Status422UnprocessableEntity, (nameof(TakeInPage.IsTooLate), true)).ConfigureAwait(false);
            return;
        }

        // Whoever has the code of the label is the nurse, as at claiming.
        MoveProblem? problem = await page.Parts.Move.TakeInAsync(form.File, code, PageContext.NurseWho, page.Cancellation).ConfigureAwait(false);
        if (problem is null)
        {
            RestartPages.StartAnewAfter(page);
            await page.ShowAsync<TakenInPage>().ConfigureAwait(false);
            return;
        }

        await form.DrainAsync(page.Cancellation).ConfigureAwait(false);
        if (problem is MoveProblem.WrongCode or MoveProblem.NotEmpty)
        {
            await page.ShowAsync<TakeInPage>(StatusCodes.Status422UnprocessableEntity, (nameof(TakeInPage.Problem), problem)).ConfigureAwait(false);
        }
        else
        {
            await page.ShowAsync<ArchivePage>(StatusCodes.Status422UnprocessableEntity, (nameof(ArchivePage.Ticket), ticket), (nameof(ArchivePage.Problem), problem)).ConfigureAwait(false);
        }
    }
}
