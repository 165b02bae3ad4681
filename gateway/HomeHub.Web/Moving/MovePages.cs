using System.Net.Mime;
using HomeHub.Core.Household;
using HomeHub.Core.Moving;
using HomeHub.Core.Overview;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using HomeHub.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Moving;

/// <summary>The hub that is replaced: its history is packed, taken along by the nurse, and wiped when the new hub has it.</summary>
internal static class MovePages
{
    public const string Path = "/move", MovedPath = "/moved", ArchivePath = MovedPath + "/archive", UndoPath = MovedPath + "/undo", WipePath = MovedPath + "/wipe";

    /// <summary>Name of the file as the browser keeps it.</summary>
    public const string FileName = "history.homehub";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, page => ShowAsync(page, null)),
        PageEndpoint.Post(Path, Access.Nurse, PackAsync),
        PageEndpoint.Get(MovedPath, Access.Anyone, page => WhenMovedAsync(page, moved => ShowMovedAsync(page, moved))) with { IsForMoved = true },
        PageEndpoint.Get(ArchivePath, Access.Nurse, page => WhenMovedAsync(page, _ => SendAsync(page))) with { IsForMoved = true },
        PageEndpoint.Get(UndoPath, Access.Nurse, page => WhenMovedAsync(page, _ => page.ShowAsync<UndoMovePage>())) with { IsForMoved = true },
        PageEndpoint.Post(UndoPath, Access.Nurse, page => WhenConfirmedAsync(page, UndoAsync)) with { IsForMoved = true },
        PageEndpoint.Get(WipePath, Access.Nurse, page => WhenMovedAsync(page, moved => page.ShowAsync<WipePage>(parameters: (nameof(WipePage.Moved), moved)))) with { IsForMoved = true },
        PageEndpoint.Post(WipePath, Access.Nurse, page => WhenConfirmedAsync(page, WipeAsync)) with { IsForMoved = true },
    ];

    private static Task WhenMovedAsync(PageContext page, Func<MovedHub, Task> show) => page.Parts.Move.Moved is { } moved ? show(moved) : page.GoToAsync("/");

    private static Task WhenConfirmedAsync(PageContext page, Func<PageContext, Task> act) =>
        page.Field(Confirm.ConfirmedField) != Confirm.Confirmed ? page.FailAsync(StatusCodes.Status400BadRequest)
        : page.Parts.Move.Moved is null || page.Parts.Move.IsStartingAnew ? page.GoToAsync("/")
        : act(page);

    private static async Task ShowAsync(PageContext page, MoveProblem? problem)
    {
        problem ??= await page.Parts.Move.FindHindranceAsync(page.Cancellation).ConfigureAwait(false);
        HubOverview hub = await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<MovePage>(problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, (nameof(MovePage.Hub), hub), (nameof(MovePage.Problem), problem)).ConfigureAwait(false);
    }

    /// <summary>Without a nurse's PIN, as it is after a reset, she makes the hub hers first.</summary>
    private static async Task ShowMovedAsync(PageContext page, MovedHub moved)
    {
        string nurse = await ClaimPages.IsClaimedAsync(page).ConfigureAwait(false) ? SignInPages.PathOf(HouseholdAccounts.Nurse) : ClaimPages.Path;
        await page.ShowAsync<MovedPage>(parameters: [(nameof(MovedPage.Moved), moved), (nameof(MovedPage.NursePath), nurse)]).ConfigureAwait(false);
    }

    private static async Task PackAsync(PageContext page)
    {
        if (page.Field(Confirm.ConfirmedField) != Confirm.Confirmed)
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        if (page.Parts.Move.IsStartingAnew)
        {
            // Sent twice: the code of the first one counts, and is shown to the one who sent it.
            await page.GoToAsync("/").ConfigureAwait(false);
            return;
        }

        if (await page.Parts.Move.FindHindranceAsync(page.Cancellation).ConfigureAwait(false) is { } problem)
        {
            await ShowAsync(page, problem).ConfigureAwait(false);
            return;
        }

        var code = TransferCode.Create();
        if (!page.Parts.Move.MoveAway(code, page.Who))
        {
            await page.GoToAsync("/").ConfigureAwait(false);
            return;
        }

        RestartPages.StartAnewAfter(page);
        await page.ShowAsync<MoveCodePage>(parameters: (nameof(MoveCodePage.Code), code.Text)).ConfigureAwait(false);
    }

    private static async Task SendAsync(PageContext page)
    {
        if (page.Parts.Move.ArchiveBytes is not { } length)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        using Stream archive = page.Parts.Move.OpenArchive();
        HttpResponse response = page.Http.Response;
        response.ContentType = MediaTypeNames.Application.Octet;
        response.ContentLength = length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        await archive.CopyToAsync(response.Body, page.Cancellation).ConfigureAwait(false);
        await response.Body.FlushAsync(page.Cancellation).ConfigureAwait(false);
        page.Parts.Move.NoteFetched();
    }

    private static async Task UndoAsync(PageContext page)
    {
        page.Parts.Move.Undo(page.Who);
        RestartPages.StartAnewAfter(page);
        await page.ShowAsync<RestartPage>(parameters: (nameof(RestartPage.Title), page.Language.Text("moved.undone"))).ConfigureAwait(false);
    }

    private static async Task WipeAsync(PageContext page)
    {
        if (!page.Parts.Move.IsFetched)
        {
            await page.FailAsync(StatusCodes.Status409Conflict).ConfigureAwait(false);
            return;
        }

        // Before it is begun: should it fail in the middle, the new start goes on with it.
        RestartPages.StartAnewAfter(page);
        WipeProof proof = await page.Parts.Move.WipeAsync(page.Who).ConfigureAwait(false);
        await page.ShowAsync<WipedPage>(parameters: (nameof(WipedPage.Proof), proof)).ConfigureAwait(false);
    }
}
