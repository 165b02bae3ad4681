using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Household;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Tests.Devices;

namespace HomeHub.Web.Tests.Browser;

/// <summary>Devices for the pages about devices: some near, some set up, one with a reading that waits.</summary>
internal static class DeviceScene
{
    /// <summary>Digits of a device that is near and new, of one that one person uses, of one that two use, of one that nobody does, and of one that is near and asks for a number.</summary>
    public const string New = "C0FFEE000011", Cuff = "C0FFEE000012", Scale = "C0FFEE000013", Free = "C0FFEE000014", Asking = "C0FFEE000016";

    public static async Task<PagesBench> OpenAsync()
    {
        PagesBench bench = await PagesBench.OpenAsync(time: new HomeClock(), radio: new SimulatedCentral(TimeProvider.System), models: new DeviceCatalogue([SampleModel.Entry]));
        DateTimeOffset now = bench.Clock.GetUtcNow();
        await AdvertiseAsync(bench, Address(New), "Example GM 7");
        await AdvertiseAsync(bench, Address(Cuff), "Bench Cuff");
        await AdvertiseAsync(bench, "C0:FF:EE:00:00:15", "Somebody's monitor");
        await AdvertiseAsync(bench, Address(Asking), "Asking cuff", BenchDevices.PasskeyCuff);
        var cuff = new RegisteredDevice
        {
            Address = Address(Cuff), Name = "Bench Cuff", Patient = SampleReadings.Patient, PairedAt = now.AddDays(-20), Bond = BondSecurity.SecureConnectionsAuthenticated,
        };
        await bench.Devices.SaveAsync(cuff, default);
        await bench.Devices.NoteSessionAsync(
            cuff.Address, new DeviceSessionNote(now.AddMinutes(-12), null) { ValueAt = now.AddMinutes(-12), Clock = new DeviceClockNote(now.AddMinutes(-12), TimeSpan.FromMinutes(-7), true) }, default);
        UserSlots slots = UserSlots.None.With(1, SampleReadings.Patient, now.AddDays(-20)).With(2, SampleReadings.OtherPatient, now.AddDays(-20));
        await bench.Devices.SaveAsync(new RegisteredDevice { Address = Address(Scale), Name = "Scale", Patient = null, PairedAt = now.AddDays(-20), Slots = slots }, default);
        await bench.Devices.NoteSessionAsync(Address(Scale), new DeviceSessionNote(now.AddDays(-1), new DeviceTrouble(PeripheralFault.BondLost, now.AddDays(-1), "Pair it again.")), default);
        await bench.Devices.SaveAsync(new RegisteredDevice { Address = Address(Free), Name = "Thermometer", Patient = null, PairedAt = SampleReadings.Start.AddDays(-1) }, default);
        AcquiredReading waiting = SampleReadings.BloodPressure(1) with { Patient = PatientReference.Nobody, Unassigned = UnassignedReason.DeviceOfNobody };
        await bench.Buffer.AppendAsync([new NewReading(waiting with { Device = waiting.Device with { Address = Address(Free) } }, [new(Recipient.CareTeam, DeliveryState.Unassigned)])], default);
        await Eventually.HoldsAsync(() => bench.Nearby!.Look().Count == 4, "what is near is heard");
        return bench;
    }

    private static string Address(string digits) => string.Join(':', digits.Chunk(2).Select(octet => new string(octet)));

    private static async Task AdvertiseAsync(PagesBench bench, string address, string name, DeviceFile? file = null)
    {
        DeviceFile like = file ?? (name.StartsWith(SampleModel.Name, StringComparison.Ordinal) ? BenchDevices.Meter : BenchDevices.Cuff);
        CarriedDevice device = bench.Radio!.Add(like with { Name = name }, address, AddressType.Random);
        await device.AdvertiseAsync(true, default);
    }
}
