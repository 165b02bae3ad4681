using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Devices;

/// <summary>What is near, live, for the nurse who sets a device up.</summary>
internal static class NearPages
{
    public const string LivePath = DevicePath.Near + "/live";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.Near, Access.Nurse, async page =>
            await page.ShowAsync<NearPage>(parameters: [.. await ReadAsync(page).ConfigureAwait(false)]).ConfigureAwait(false)),
        PageEndpoint.Get(LivePath, Access.Nurse, page => LiveStream.RunAsync(
            page, async () => await page.RenderAsync<NearPart>([.. await ReadAsync(page).ConfigureAwait(false)]).ConfigureAwait(false), LiveStream.QuickInterval)),
    ];

    private static async Task<(string Name, object? Value)[]> ReadAsync(PageContext page)
    {
        IReadOnlyList<RegisteredDevice> registered = await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false);

        // In an order that stays: a list in which devices change places by their signal is hard to touch.
        NearbyDevice[] near = [.. (page.Parts.Nearby?.Look() ?? []).OrderBy(device => device.Heard.Address, StringComparer.Ordinal)];
        return
        [
            (nameof(NearPart.Near), near),
            (nameof(NearPart.SetUp), registered.Select(device => device.Address).ToHashSet()),
            (nameof(NearPart.HasRadio), page.Parts.Radio is { State.IsReady: true }),
        ];
    }
}
