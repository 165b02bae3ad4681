using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Overview;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Own;

/// <summary>A person's own page. All of it is from the hub itself, so that it is there without the internet.</summary>
internal static class TodayPages
{
    /// <summary>The newest readings among which the last receipt is looked for.</summary>
    private const int LookedAtForReceipt = 50;

    private const string LiveEnding = "/live";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(PeoplePages.OnePath, Access.Person, async page =>
        {
            if (await ReadAsync(page).ConfigureAwait(false) is { } today)
            {
                await page.ShowAsync<PersonPage>(parameters: (nameof(PersonPage.Today), today)).ConfigureAwait(false);
            }
            else
            {
                await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            }
        }),
        PageEndpoint.Get(PeoplePages.OnePath + LiveEnding, Access.Person, page => LiveStream.RunAsync(page, async () =>
            await ReadAsync(page).ConfigureAwait(false) is { } today ? await page.RenderAsync<TodayPart>((nameof(TodayPart.Today), today)).ConfigureAwait(false) : "")),
    ];

    /// <summary>Path of the live part of a person's page.</summary>
    public static string LivePathOf(int person) => PeoplePages.PathOf(person) + LiveEnding;

    /// <summary>In which units a person's values are shown: as the person chose, else as the hub, else as is usual where the language is spoken.</summary>
    public static async Task<ShownUnits> UnitsAsync(PageContext page, int person) => ShownUnits.Of(
        await page.Household.GetSettingAsync(HouseholdSettings.GlucoseUnitOf(person), page.Cancellation).ConfigureAwait(false)
        ?? await page.Household.GetSettingAsync(HouseholdSettings.GlucoseUnit, page.Cancellation).ConfigureAwait(false)
        ?? page.Language.Text("format.glucose"));

    /// <summary>Whether the person has decided, and let nobody have anything.</summary>
    private static bool IsKept(ConsentState state, PatientReference patient) =>
        state.People.Contains(patient) && !state.Decisions.Any(decision => decision.Patient == patient && decision.Answer == ConsentAnswer.Given);

    private static async Task<TodayView?> ReadAsync(PageContext page)
    {
        if (await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is not { } person)
        {
            return null;
        }

        HubOverview hub = await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false);

        // Twice the time that is looked back: the first value that is shown is compared with the thirty days before it. A device's clock may be a little ahead.
        var span = new HistorySpan(person.Patient, hub.At - (2 * UsualRange.Memory), hub.At.AddDays(1), VitalHistory.MaxEach);
        HistoryExcerpt excerpt = await page.Parts.Buffer.ReadSpanAsync(span, page.Cancellation).ConfigureAwait(false);
        ShownUnits units = await UnitsAsync(page, person.Number).ConfigureAwait(false);
        IReadOnlyList<HistoryEntry> newest = await page.Parts.Buffer.ReadPageAsync(person.Patient, long.MaxValue, LookedAtForReceipt, page.Cancellation).ConfigureAwait(false);
        return new TodayView(person, hub, excerpt.Readings, page.Parts.Time.LocalTimeZone, units)
        {
            ReceivedAt = newest.SelectMany(entry => entry.Deliveries).Where(delivery => delivery.State == DeliveryState.Receipted).Max(delivery => delivery.SettledAt),
            IsKept = IsKept(page.Parts.Consents.State, person.Patient),
        };
    }
}
