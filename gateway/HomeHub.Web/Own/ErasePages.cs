using HomeHub.Core.Buffering;
using HomeHub.Core.Erasure;
using HomeHub.Core.Household;
using HomeHub.Core.Sessions;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Own;

/// <summary>Erasing a person's readings from the hub, by the person or the nurse; and, by the nurse, everything of a person who leaves.</summary>
internal static class ErasePages
{
    /// <summary>Name of the choice whether readings that are on their way are erased too, and of its one value.</summary>
    public const string AllValue = "all", Yes = "yes";

    /// <summary>Users of a device are asked for anew each second; then what it told has to reach the buffer.</summary>
    private static readonly TimeSpan Drain = PeripheralSource.RegistryAge + TimeSpan.FromSeconds(2);

    private const string EraseEnding = "/erase", ConfirmEnding = EraseEnding + "/confirm", LeaveEnding = "/leave";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(PeoplePages.OnePath + EraseEnding, Access.Person, page => PersonFile.WithPersonAsync(page, person => ShowAsync(page, person, null))),
        PageEndpoint.Get(PeoplePages.OnePath + ConfirmEnding, Access.Person, page => PersonFile.WithPersonAsync(page, person => ShowAsync(page, person, page.Http.Request.Query[AllValue] == Yes))),
        PageEndpoint.Post(PeoplePages.OnePath + EraseEnding, Access.Person, page => PersonFile.WithPersonAsync(page, person => EraseAsync(page, person))),
        PageEndpoint.Get(PeoplePages.OnePath + LeaveEnding, Access.Nurse, page => PersonFile.WithPersonAsync(page, person => ShowLeavingAsync(page, person))),
        PageEndpoint.Post(PeoplePages.OnePath + LeaveEnding, Access.Nurse, page => PersonFile.WithPersonAsync(page, person => LeaveAsync(page, person))),
    ];

    /// <summary>Path of the page that explains erasing.</summary>
    public static string PathOf(int person) => PeoplePages.PathOf(person) + EraseEnding;

    /// <summary>Path of the page that asks once more.</summary>
    public static string ConfirmPathOf(int person, bool withWaiting) => PeoplePages.PathOf(person) + ConfirmEnding + (withWaiting ? $"?{AllValue}={Yes}" : "");

    /// <summary>Path of the page for somebody who leaves.</summary>
    public static string LeavePathOf(int person) => PeoplePages.PathOf(person) + LeaveEnding;

    /// <summary>The page: what would be erased; or, asking once more, with or without what is on its way.</summary>
    private static async Task ShowAsync(PageContext page, HouseholdPerson person, bool? asksWithWaiting)
    {
        HeldReadings held = await page.Parts.Buffer.CountHeldAsync(person.Patient, page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<ErasePage>(parameters: [(nameof(ErasePage.Person), person), (nameof(ErasePage.Held), held), (nameof(ErasePage.AsksWithWaiting), asksWithWaiting)]).ConfigureAwait(false);
    }

    private static async Task EraseAsync(PageContext page, HouseholdPerson person)
    {
        if (page.Field("confirmed") != Yes)
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        // Whoever asked may close the page meanwhile: it is done to its end all the same.
        (ErasedReadings? erased, bool hasTraces) = await TryAsync(() => page.Parts.Erasure.EraseAsync(
            person.Patient, page.Field(AllValue) == Yes, page.Who, CancellationToken.None)).ConfigureAwait(false);
        await page.ShowAsync<ErasedPage>(parameters: [(nameof(ErasedPage.Person), person), (nameof(ErasedPage.Erased), erased), (nameof(ErasedPage.HasTraces), hasTraces)]).ConfigureAwait(false);
    }

    private static async Task ShowLeavingAsync(PageContext page, HouseholdPerson person, bool isHeld = false) => await page.ShowAsync<LeavePage>(
        isHeld ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        (nameof(LeavePage.IsHeld), isHeld),
        (nameof(LeavePage.Person), person),
        (nameof(LeavePage.Held), await page.Parts.Buffer.CountHeldAsync(person.Patient, page.Cancellation).ConfigureAwait(false)),
        (nameof(LeavePage.Devices), (await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false)).Where(device => device.People.Contains(person.Patient)).ToArray())).ConfigureAwait(false);

    private static async Task LeaveAsync(PageContext page, HouseholdPerson person)
    {
        if (page.Field("confirmed") != Yes)
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        // What is held for want of a time becomes somebody's later: nobody leaves before.
        if ((await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false)).Held > 0)
        {
            await ShowLeavingAsync(page, person, true).ConfigureAwait(false);
            return;
        }

        TimeSpan drain = page.Parts.Radio is null ? TimeSpan.Zero : Drain;
        var desk = new LeavingDesk(page.Parts.Erasure, page.Household, page.Parts.Devices, page.Parts.Consents, page.Parts.Audit, page.Parts.Time, drain);
        (LeavingProof? proof, bool hasTraces) = await TryAsync(() => desk.LeaveAsync(person, page.Who, CancellationToken.None)).ConfigureAwait(false);
        if (hasTraces)
        {
            await page.ShowAsync<ErasedPage>(parameters: [(nameof(ErasedPage.Person), person), (nameof(ErasedPage.HasTraces), true)]).ConfigureAwait(false);
            return;
        }

        await page.ShowAsync<ProofPage>(parameters: [(nameof(ProofPage.Proof), proof)]).ConfigureAwait(false);
    }

    /// <summary>Does it; where another process reads beside it and so keeps traces, that is an answer and no failure of the page.</summary>
    private static async Task<(T? Done, bool HasTraces)> TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return (await act().ConfigureAwait(false), false);
        }
        catch (BufferException error) when (error.Fault == BufferFault.Locked)
        {
            return (default, true);
        }
    }
}
