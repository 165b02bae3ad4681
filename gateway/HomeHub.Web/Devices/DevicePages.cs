using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Devices;

/// <summary>The devices that are set up, and each of them, for the nurse.</summary>
internal static class DevicePages
{
    /// <summary>What was done, in the query of a page: a device is forgotten, and its pairing could not be removed.</summary>
    public const string BondStays = "bond-stays";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.Root, Access.Nurse, async page =>
            await page.ShowAsync<DevicesPage>(parameters: (nameof(DevicesPage.Devices), await DeviceSight.ListAsync(page).ConfigureAwait(false))).ConfigureAwait(false)),
        PageEndpoint.Get(DevicePath.OneRoute, Access.Nurse, page => WithAsync(page, sight => page.ShowAsync<DevicePage>(parameters: (nameof(DevicePage.Sight), sight)))),
    ];

    /// <summary>Runs for the device of the path; answers 404 where nobody has set it up.</summary>
    public static async Task WithAsync(PageContext page, Func<DeviceSight, Task> run)
    {
        if (DevicePath.Read(page) is { } address && await DeviceSight.FindAsync(page, address).ConfigureAwait(false) is { } sight)
        {
            await run(sight).ConfigureAwait(false);
            return;
        }

        await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
    }

    /// <summary>Renders for the device of the path; empty where nobody has set it up any more.</summary>
    public static async Task<string> RenderAsync(PageContext page, Func<DeviceSight, Task<string>> render) =>
        DevicePath.Read(page) is { } address && await DeviceSight.FindAsync(page, address).ConfigureAwait(false) is { } sight ? await render(sight).ConfigureAwait(false) : "";
}
