using HomeHub.Core.Holding;
using HomeHub.Core.Overview;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Status;

namespace HomeHub.Web.Devices;

/// <summary>
/// A test reading: what the device tells is shown at once, before anybody's consent, and is nobody's: it is kept as an unassigned reading and never sent, also when
/// the hub starts anew in between, until somebody says whose it is. About a test nobody needs to decide: it is thrown away at the end of the guide, or after a day (<see cref="Core.Setup.TestReadings"/>).
/// </summary>
internal static class TestPages
{
    public const string Test = "/test";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.OneRoute + Test, Access.Nurse, page => DevicePages.WithAsync(page, sight => ShowAsync(page, sight))),
        PageEndpoint.Get(DevicePath.OneRoute + Test + "/live", Access.Nurse, page => LiveStream.RunAsync(
            page,
            () => DevicePages.RenderAsync(page, async sight => await page.RenderAsync<TestPart>([.. await ReadAsync(page, sight).ConfigureAwait(false)]).ConfigureAwait(false)),
            LiveStream.QuickInterval)),
    ];

    private static async Task ShowAsync(PageContext page, DeviceSight sight)
    {
        HubOverview hub = await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false);
        WarningKind? held = hub.HeldBecause switch
        {
            HoldReason.TimeNotKnown => WarningKind.TimeNotKnown,
            HoldReason.TimeZoneNotSet => WarningKind.TimeZoneNotSet,
            _ => null,
        };
        (string, object?)[] read = await ReadAsync(page, sight).ConfigureAwait(false);
        await page.ShowAsync<TestPage>(parameters: [(nameof(TestPage.Sight), sight), (nameof(TestPage.Held), held), .. read]).ConfigureAwait(false);
    }

    private static async Task<(string Name, object? Value)[]> ReadAsync(PageContext page, DeviceSight sight)
    {
        WaitingReadings waiting = await WaitingReading.ReadAsync(page, sight.Device).ConfigureAwait(false);
        return [(nameof(TestPart.Readings), waiting.Newest), (nameof(TestPart.Count), waiting.Count)];
    }
}
