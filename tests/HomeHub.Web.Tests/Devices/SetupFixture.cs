using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Devices;

/// <summary>A hub that runs, with a radio and simulated devices in its reach, and a nurse at its pages.</summary>
public abstract class SetupFixture : IAsyncLifetime
{
    protected const string Address = "C0:FF:EE:00:00:01", Digits = "C0FFEE000001", OtherAddress = "C0:FF:EE:00:00:02", OtherDigits = "C0FFEE000002";

    private protected PagesBench Bench { get; private set; } = null!;

    private protected RunningHub Hub { get; private set; } = null!;

    private protected PageBrowser Nurse { get; private set; } = null!;

    /// <summary>The device models that the hub knows.</summary>
    protected virtual DeviceCatalogue Models => DeviceCatalogue.Empty;

    public async Task InitializeAsync()
    {
        Bench = await PagesBench.OpenAsync(time: TimeProvider.System, radio: new SimulatedCentral(TimeProvider.System), models: Models);
        await Bench.Consents.DecideAsync(SampleConsents.All(), default);
        Hub = new RunningHub(Bench);
        Nurse = await Bench.SignInAsync(0);
    }

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Bench.DisposeAsync();
        await Bench.Radio!.DisposeAsync();
    }

    private protected async Task<CarriedDevice> AddAsync(DeviceFile file, string address = Address)
    {
        CarriedDevice device = Bench.Radio!.Add(file, address, AddressType.Random);
        await device.AdvertiseAsync(true, default);
        return device;
    }

    /// <summary>Sets a device up that has no number to compare.</summary>
    private protected async Task<CarriedDevice> SetUpAsync(DeviceFile file, string address = Address)
    {
        CarriedDevice device = await AddAsync(file, address);
        string path = "/devices/near/" + address.Replace(":", "", StringComparison.Ordinal);
        await Nurse.GetAsync(path);
        await Nurse.PostAsync(path + "/pair");
        await ReadsAsync(path, "The device is set up.");
        return device;
    }

    /// <summary>Waits until a page says something.</summary>
    private protected async Task<string> ReadsAsync(string path, string text)
    {
        string page = "";
        await Eventually.HoldsAsync(
            async () => (page = await Nurse.ReadAsync(path)).Contains(text, StringComparison.Ordinal), () => $"{path} says: {text}; not: {page}", Eventually.Deadline, TimeSpan.FromMilliseconds(50));
        return page;
    }

    private protected async Task<RegisteredDevice> FindAsync(string address = Address) => (await Bench.Devices.FindAsync(address, default))!;

    private protected async Task<UnassignedReading[]> UnassignedAsync()
    {
        List<UnassignedReading> all = [];
        await foreach (UnassignedReading reading in Bench.Buffer.ReadUnassignedAsync(default))
        {
            all.Add(reading);
        }

        return [.. all];
    }

    private protected async Task<BufferedReading[]> HistoryAsync(PatientReference patient)
    {
        List<BufferedReading> all = [];
        await foreach (BufferedReading reading in Bench.Buffer.ReadHistoryAsync(patient, default))
        {
            all.Add(reading);
        }

        return [.. all];
    }

    private protected async Task<string[]> ActsAsync() => [.. (await Bench.Audit.ReadAsync(0, 100, default)).Select(entry => $"{entry.Note.Act} {entry.Note.Patient?.Key} {entry.Note.About} by {entry.Note.Who}")];
}
