using HomeHub.Core.Consent;
using HomeHub.Core.Household;
using HomeHub.Core.Setup;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Status;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Setup;

/// <summary>The end of the guide: everything that was set up on one page that can be printed, and the word that the installation is finished.</summary>
internal static class SummaryPages
{
    private static readonly string Path = SetupPages.PathOf(SetupStep.Summary);

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, page => ShowAsync(page)),
        PageEndpoint.Post(SetupPages.DonePathOf(SetupStep.Summary), Access.Nurse, FinishAsync),
    ];

    private static async Task ShowAsync(PageContext page, int status = StatusCodes.Status200OK) => await page.ShowAsync<SummaryPage>(
        status,
        (nameof(SummaryPage.Guide), await SetupProgress.ReadAsync(page).ConfigureAwait(false)),
        (nameof(SummaryPage.People), await SetupPages.PeopleOf(page).ConfigureAwait(false)),
        (nameof(SummaryPage.Hub), await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false)),
        (nameof(SummaryPage.Tests), await TestsOf(page).CountAsync(page.Cancellation).ConfigureAwait(false)),
        (nameof(SummaryPage.HubLanguage), await page.Household.GetSettingAsync(HouseholdSettings.Language, page.Cancellation).ConfigureAwait(false)),
        (nameof(SummaryPage.Trail), await SummaryTrail.ReadAsync(page.Parts.Audit, page.Cancellation).ConfigureAwait(false)),
        (nameof(SummaryPage.Wireless), page.Parts.Wifi is { } wifi ? (await wifi.ReadAsync(page.Cancellation).ConfigureAwait(false)).Networks.FirstOrDefault(network => network.IsJoined)?.Name : null),
        (nameof(SummaryPage.Decisions), page.Parts.Consents.State.Decisions.ToArray() as IReadOnlyList<ConsentDecision>)).ConfigureAwait(false);

    private static TestReadings TestsOf(PageContext page) => new(page.Parts.Buffer, page.Parts.Devices, page.Parts.Readings);

    private static async Task FinishAsync(PageContext page)
    {
        if ((await SetupProgress.ReadAsync(page).ConfigureAwait(false)).OpenBeforeSummary.Count > 0)
        {
            await ShowAsync(page, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        await TestsOf(page).DiscardAsync(page.Now, null, page.Who, page.Cancellation).ConfigureAwait(false);
        await SetupProgress.MarkAsync(page, SetupStep.Summary).ConfigureAwait(false);
        await page.GoToAsync(StatusPages.Path).ConfigureAwait(false);
    }
}
