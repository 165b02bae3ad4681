using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Tests.Commands.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Network;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Hub;

/// <summary>What the button has the running hub do.</summary>
public sealed class ButtonActsTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-button-").FullName;
    private readonly StringWriter _log = new();
    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());
    private readonly InMemoryAuditLog _audit = new();
    private readonly InMemoryOwnNetwork _own = new();
    private readonly InMemoryWifi _wifi = new();
    private readonly UplinkDouble _uplink = new();
    private readonly LineLoggerFactory _loggers;
    private IHousehold? _household;
    private OwnNetworkKeeper? _keeper;

    public ButtonActsTests() => _loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);

    public async Task InitializeAsync()
    {
        _household = await Adapters.OpenHouseholdAsync(_folder, default);
        _keeper = new OwnNetworkKeeper(_own, _wifi, new OwnNetwork("HomeHub-AB12", "ACDE-FGHJ-KM34-NPQR"), _household, () => [], _time, NullLogger<OwnNetworkKeeper>.Instance);
        _wifi.Add("Etxea", 60, WifiSecurity.Passphrase, "kontuz-hemen-2026");
        await _wifi.JoinAsync((await _wifi.ReadAsync(default)).Networks[0].Id, "kontuz-hemen-2026", default);
    }

    public async Task DisposeAsync()
    {
        await _keeper!.DisposeAsync();
        await _household!.DisposeAsync();
        await _uplink.DisposeAsync();
        await _audit.DisposeAsync();
        await _wifi.DisposeAsync();
        await _own.DisposeAsync();
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Networks_are_forgotten_noted_and_the_hubs_own_is_opened()
    {
        Assert.True(await Acts(_keeper).ResetNetworkAsync(default));
        Assert.Empty(_wifi.Kept);
        await Eventually.HoldsAsync(() => _own.Network is not null, "the hub's own network is open");
        AuditNote note = Assert.Single(await _audit.ReadAsync(0, 10, default)).Note;
        Assert.Equal((AuditActs.NetworksForgotten, PairingWindow.Who, null), (note.Act, note.Who, note.About));
    }

    [Theory]
    [InlineData(OwnNetworkCondition.NoService)]
    [InlineData(OwnNetworkCondition.NotAble)]
    [InlineData(OwnNetworkCondition.NoRadio)]
    public async Task Where_the_hub_can_open_none_nothing_is_forgotten(OwnNetworkCondition condition)
    {
        _own.Condition = condition;
        Assert.False(await Acts(_keeper).ResetNetworkAsync(default));
        Assert.False(await Acts(null).ResetNetworkAsync(default));
        Assert.Equal(["Etxea"], _wifi.Kept);
        Assert.Empty(await _audit.ReadAsync(0, 10, default));
        Assert.Contains("nothing was changed", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_NetworkManager_that_is_said()
    {
        _wifi.Condition = WifiCondition.NoService;
        Assert.False(await Acts(_keeper).ResetNetworkAsync(default));
        Assert.Empty(await _audit.ReadAsync(0, 10, default));
        Assert.Contains("NetworkManager does not answer", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_of_the_delivered_catalogue_is_paired()
    {
        Assert.False(await Acts(_keeper).PairAsync(default));
        Assert.Contains("without Bluetooth", _log.ToString(), StringComparison.Ordinal);
        await using var central = new SimulatedCentral(_time);
        await using var registry = new InMemoryDeviceRegistry();
        CarriedDevice cuff = central.Add(BenchDevices.BondedCuff with { Name = "A&D_UA-651BLE_B5583A" }, "C0:FF:EE:00:00:01", AddressType.Random);
        await cuff.AdvertiseAsync(true, default);
        Task<bool> pairing = new ButtonActs(Parts() with { Radio = central, Devices = registry }, null).PairAsync(default);
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(200));
                return Task.FromResult(pairing.IsCompleted);
            },
            () => "the window closes",
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(1));
        Assert.True(await pairing);
        Assert.Empty((await registry.FindAsync("C0:FF:EE:00:00:01", default))!.People);
    }

    private ButtonActs Acts(OwnNetworkKeeper? keeper) => new(Parts(), keeper is null ? null : new NetworkReset(_own, _wifi, keeper));

    private HubParts Parts() =>
        new(_folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), _uplink, SampleConsents.Book(), _audit, () => null, _loggers, _time, new ClockDouble());
}
