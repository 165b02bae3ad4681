using System.Globalization;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Devices;

/// <summary>The way back: a device is taken away from a person, replaced by another one, or handed back and forgotten. Each asks once more.</summary>
internal static class EndPages
{
    public const string Take = "/take", Replace = "/replace", Forget = "/forget", ReplacementField = "by";

    private const string SlotValue = "slot", TakeSlotRoute = Take + "/{slot}";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.OneRoute + Take, Access.Nurse, page => DevicePages.WithAsync(page, sight => ShowTakeAsync(page, sight, null))),
        PageEndpoint.Post(DevicePath.OneRoute + Take, Access.Nurse, page => DevicePages.WithAsync(page, sight => TakeAsync(page, sight, null))),
        PageEndpoint.Get(DevicePath.OneRoute + TakeSlotRoute, Access.Nurse, page => DevicePages.WithAsync(page, sight => ShowTakeAsync(page, sight, SlotOf(page)))),
        PageEndpoint.Post(DevicePath.OneRoute + TakeSlotRoute, Access.Nurse, page => DevicePages.WithAsync(page, sight => TakeAsync(page, sight, SlotOf(page)))),
        PageEndpoint.Get(DevicePath.OneRoute + Forget, Access.Nurse, page => DevicePages.WithAsync(page, sight => page.ShowAsync<ForgetPage>(parameters: (nameof(ForgetPage.Sight), sight)))),
        PageEndpoint.Post(DevicePath.OneRoute + Forget, Access.Nurse, page => DevicePages.WithAsync(page, sight => ForgetAsync(page, sight))),
        PageEndpoint.Get(DevicePath.OneRoute + Replace, Access.Nurse, page => DevicePages.WithAsync(page, sight => ShowReplaceAsync(page, sight, null, null))),
        PageEndpoint.Post(DevicePath.OneRoute + Replace, Access.Nurse, page => DevicePages.WithAsync(page, sight => ReplaceAsync(page, sight))),
    ];

    /// <summary>Ending of the path by which a slot is taken away.</summary>
    public static string TakeOf(byte slot) => $"{Take}/{slot.ToString(CultureInfo.InvariantCulture)}";

    private static byte? SlotOf(PageContext page) =>
        byte.TryParse(page.Http.Request.RouteValues[SlotValue] as string, NumberStyles.None, CultureInfo.InvariantCulture, out byte slot) ? slot : UserSlot.UnknownUser;

    private static Task ShowTakeAsync(PageContext page, DeviceSight sight, byte? slot) => (slot is { } index ? sight.Device.Slots.Find(index)?.Patient : sight.Device.Patient) is { } person
        ? page.ShowAsync<TakePage>(parameters: [(nameof(TakePage.Sight), sight), (nameof(TakePage.Person), sight.NameOf(person, page.Language)), (nameof(TakePage.Slot), slot)])
        : page.FailAsync(StatusCodes.Status404NotFound);

    private static async Task TakeAsync(PageContext page, DeviceSight sight, byte? slot)
    {
        if (page.Field(Confirm.ConfirmedField) != Confirm.Confirmed)
        {
            await ShowTakeAsync(page, sight, slot).ConfigureAwait(false);
            return;
        }

        // Nobody's already: somebody was faster, and it is as it was wanted.
        await page.Parts.DeviceDesk.UnassignAsync(sight.Device.Address, slot, page.Who, page.Cancellation).ConfigureAwait(false);
        await page.GoToAsync($"{DevicePath.Of(sight.Device.Address)}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }

    private static async Task ForgetAsync(PageContext page, DeviceSight sight)
    {
        if (page.Field(Confirm.ConfirmedField) != Confirm.Confirmed)
        {
            await page.ShowAsync<ForgetPage>(parameters: (nameof(ForgetPage.Sight), sight)).ConfigureAwait(false);
            return;
        }

        string done = PeoplePages.Saved;
        await new TestReadings(page.Parts.Buffer, page.Parts.Devices, page.Parts.Readings).DiscardOfAsync(sight.Device, page.Now, page.Who, page.Cancellation).ConfigureAwait(false);
        try
        {
            await page.Parts.DeviceDesk.ForgetAsync(
                sight.Device.Address, page.Parts.Buffer.ForgetDeviceAsync, page.Parts.Radio, page.Who, page.Cancellation).ConfigureAwait(false);
        }
        catch (PeripheralException)
        {
            // The device is forgotten all the same; that its pairing stays is told.
            done = DevicePages.BondStays;
        }

        await page.GoToAsync($"{DevicePath.Root}?{PeoplePages.Done}={done}").ConfigureAwait(false);
    }

    private static async Task ShowReplaceAsync(PageContext page, DeviceSight sight, DeviceSight? chosen, SetupProblem? problem)
    {
        DeviceSight[] free = [.. (await DeviceSight.ListAsync(page).ConfigureAwait(false)).Where(other => other.Device.Address != sight.Device.Address && !other.Device.People.Any())];
        await page.ShowAsync<ReplacePage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(ReplacePage.Sight), sight),
            (nameof(ReplacePage.Free), free),
            (nameof(ReplacePage.Chosen), chosen),
            (nameof(ReplacePage.Problem), problem)).ConfigureAwait(false);
    }

    private static async Task ReplaceAsync(PageContext page, DeviceSight sight)
    {
        DeviceSight? chosen = DevicePath.Read(page.Field(ReplacementField)) is { } address ? await DeviceSight.FindAsync(page, address).ConfigureAwait(false) : null;
        if (chosen is null || page.Field(Confirm.ConfirmedField) != Confirm.Confirmed)
        {
            await ShowReplaceAsync(page, sight, chosen, null).ConfigureAwait(false);
            return;
        }

        if (await page.Parts.DeviceDesk.ReplaceAsync(sight.Device.Address, chosen.Device.Address, page.Who, page.Cancellation).ConfigureAwait(false) is { } problem)
        {
            await ShowReplaceAsync(page, sight, null, problem).ConfigureAwait(false);
            return;
        }

        await page.GoToAsync($"{DevicePath.Of(chosen.Device.Address)}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }
}
