using HomeHub.Core.Overview;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Setup;

/// <summary>Whether the way to the care team works, and what to do where it does not. Goes with the hub while it is looked at.</summary>
internal static class ConnectionPages
{
    public const string LivePath = SetupPages.Path + "/connection/live";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(SetupPages.PathOf(SetupStep.Connection), Access.Nurse, async page =>
            await page.ShowAsync<ConnectionPage>(parameters: (nameof(ConnectionPage.Checks), await ReadAsync(page).ConfigureAwait(false))).ConfigureAwait(false)),
        PageEndpoint.Get(LivePath, Access.Nurse, page => LiveStream.RunAsync(page, async () =>
            await page.RenderAsync<ConnectionPart>((nameof(ConnectionPart.Checks), await ReadAsync(page).ConfigureAwait(false))).ConfigureAwait(false))),
    ];

    private static async Task<IReadOnlyList<ConnectionCheck>> ReadAsync(PageContext page)
    {
        HubOverview hub = await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false);
        return ConnectionChecks.Of(page.Parts.Connection.Read(), hub, page.Parts.Clock.IsTimeKnown, page.Language, page.ToHome);
    }
}
