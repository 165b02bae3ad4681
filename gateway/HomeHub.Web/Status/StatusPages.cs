using HomeHub.Core.Household;
using HomeHub.Core.Overview;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Status;

/// <summary>How the hub and its devices are, for the nurse.</summary>
internal static class StatusPages
{
    public const string Path = "/status", LivePath = Path + "/live";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, async page =>
        {
            (HubOverview hub, IReadOnlyList<HouseholdPerson> people) = await ReadAsync(page).ConfigureAwait(false);
            await page.ShowAsync<StatusPage>(parameters: [(nameof(StatusPage.Hub), hub), (nameof(StatusPage.People), people)]).ConfigureAwait(false);
        }),
        PageEndpoint.Get(LivePath, Access.Nurse, page => LiveStream.RunAsync(page, async () =>
        {
            (HubOverview hub, IReadOnlyList<HouseholdPerson> people) = await ReadAsync(page).ConfigureAwait(false);
            return await page.RenderAsync<StatusPart>((nameof(StatusPart.Hub), hub), (nameof(StatusPart.People), people)).ConfigureAwait(false);
        })),
    ];

    private static async Task<(HubOverview Hub, IReadOnlyList<HouseholdPerson> People)> ReadAsync(PageContext page) =>
        (await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false), await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false));
}
