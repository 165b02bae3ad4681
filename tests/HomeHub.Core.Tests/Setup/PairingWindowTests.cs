using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Setup;

/// <summary>Devices are paired by the button alone, or left alone.</summary>
public sealed class PairingWindowTests : IAsyncDisposable
{
    private const string First = "C0:FF:EE:00:00:01", Second = "C0:FF:EE:00:00:02";

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly InMemoryDeviceRegistry _registry = new();
    private readonly InMemoryAuditLog _audit = new();
    private readonly SimulatedCentral _central;
    private bool _isClockKnown = true, _needsBond = true;
    private CatalogueSupport _support = CatalogueSupport.Full;

    public PairingWindowTests() => _central = new SimulatedCentral(_time);

    public async ValueTask DisposeAsync()
    {
        await _central.DisposeAsync();
        await _registry.DisposeAsync();
        await _audit.DisposeAsync();
    }

    [Fact]
    public async Task The_one_device_near_is_paired_and_is_nobodys()
    {
        await NearAsync(BenchDevices.BondedCuff, First);
        Assert.Equal(PairingWindowEnd.Paired, await RunAsync());
        RegisteredDevice device = (await _registry.FindAsync(First, default))!;
        Assert.Empty(device.People);
        Assert.Equal(BondSecurity.SecureConnections, device.Bond);
        Assert.Equal(
            [(AuditActs.PairingWindowOpened, PairingWindow.Who, null), (AuditActs.DevicePaired, PairingWindow.Who, $"device={First}")],
            await NotesAsync());
    }

    [Fact]
    public async Task Of_two_none_is_paired()
    {
        await NearAsync(BenchDevices.BondedCuff, First);
        await NearAsync(BenchDevices.BondedCuff, Second);
        Assert.Equal(PairingWindowEnd.Several, await RunAsync());
        Assert.Empty(await _registry.ListAsync(default));
        Assert.Equal([(AuditActs.PairingWindowOpened, PairingWindow.Who, null), (AuditActs.PairingWindowUnclear, PairingWindow.Who, null)], await NotesAsync());
    }

    [Fact]
    public async Task A_second_one_that_shows_within_the_gathering_time_counts()
    {
        await NearAsync(BenchDevices.BondedCuff, First);
        Task<PairingWindowEnd> window = Window().RunAsync(default);
        for (int i = 0; i < 25; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(10);
        }

        Assert.False(window.IsCompleted);
        await NearAsync(BenchDevices.BondedCuff, Second);
        Assert.Equal(PairingWindowEnd.Several, await EndAsync(window));
    }

    [Fact]
    public async Task One_that_the_hub_knows_already_is_no_second_one()
    {
        await _registry.SaveAsync(new RegisteredDevice { Address = Second, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        await NearAsync(BenchDevices.BondedCuff, Second);
        await NearAsync(BenchDevices.BondedCuff, First);
        Assert.Equal(PairingWindowEnd.Paired, await RunAsync());
        Assert.Equal(SampleReadings.Patient, (await _registry.FindAsync(Second, default))!.Patient);
    }

    [Theory]
    [InlineData("far")]
    [InlineData("of no model of the catalogue")]
    [InlineData("needs no bond")]
    [InlineData("not read yet")]
    public async Task What_can_not_be_meant_is_left_alone(string why)
    {
        (_needsBond, _support) = (why != "needs no bond", why == "not read yet" ? CatalogueSupport.NotYet : CatalogueSupport.Full);
        CarriedDevice device = await NearAsync(why == "of no model of the catalogue" ? BenchDevices.BondedCuff with { Name = "Another" } : BenchDevices.BondedCuff, First, why == "far" ? (short)-76 : (short)-75);
        Assert.Equal(PairingWindowEnd.NothingHeard, await RunAsync());
        Assert.Empty(await _registry.ListAsync(default));
        Assert.NotNull(device);
    }

    [Fact]
    public async Task A_device_that_wants_a_number_needs_a_page()
    {
        await NearAsync(BenchDevices.PasskeyCuff, First);
        Assert.Equal(PairingWindowEnd.NotPaired, await RunAsync());
        Assert.Empty(await _registry.ListAsync(default));
    }

    [Fact]
    public async Task While_the_hub_does_not_know_its_time_nothing_is_set_up()
    {
        _isClockKnown = false;
        await NearAsync(BenchDevices.BondedCuff, First);
        Assert.Equal(PairingWindowEnd.NotPaired, await RunAsync());
        Assert.Empty(await _registry.ListAsync(default));
    }

    [Fact]
    public async Task The_hubs_end_ends_it()
    {
        using var end = new CancellationTokenSource();
        Task<PairingWindowEnd> window = Window().RunAsync(end.Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => window.WaitAsync(Eventually.Deadline));
    }

    private PairingWindow Window()
    {
        var model = new CatalogueEntry
        {
            Id = "bench-cuff", Kind = DeviceCategory.BloodPressure, Manufacturer = "Example", Model = "BP-1", State = CatalogueState.PerStandardProfile, Support = _support, Specialization = 528391,
            Profiles = ["1810"], Recognition = new DeviceRecognition { NamePrefixes = ["Bench Cuff"] }, Quirks = DeviceQuirks.None with { NeedsBond = _needsBond },
            Pairing = new Dictionary<string, IReadOnlyList<string>>(), Sources = [],
        };
        return new PairingWindow(_central, _registry, _audit, new DeviceCatalogue([model]), _time, () => _isClockKnown, NullLogger<PairingWindow>.Instance);
    }

    private Task<PairingWindowEnd> RunAsync() => EndAsync(Window().RunAsync(default));

    private async Task<PairingWindowEnd> EndAsync(Task<PairingWindowEnd> window)
    {
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(200));
                return Task.FromResult(window.IsCompleted);
            },
            () => "the window closes",
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(1));
        return await window;
    }

    private async Task<CarriedDevice> NearAsync(DeviceFile file, string address, short rssi = -60)
    {
        CarriedDevice device = _central.Add(file, address, AddressType.Random);
        device.Rssi = rssi;
        await device.AdvertiseAsync(true, default);
        return device;
    }

    private async Task<IEnumerable<(string Act, string Who, string? About)>> NotesAsync() =>
        (await _audit.ReadAsync(0, 10, default)).Select(entry => (entry.Note.Act, entry.Note.Who, entry.Note.About)).ToArray();
}
