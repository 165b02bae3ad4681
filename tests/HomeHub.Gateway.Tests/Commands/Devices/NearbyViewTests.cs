using System.Text;
using System.Text.Json;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Commands.Devices;

/// <summary>What <c>devices scan</c> and <c>devices watch</c> tell where there is no terminal: a person's pipe, and scripts.</summary>
public sealed class NearbyViewTests : IDisposable
{
    private const string Cuff = "C0:FF:EE:00:00:01", Phone = "66:66:66:66:66:66";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-nearby-").FullName;
    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task A_scan_tells_scripts_each_health_device_once_the_nearest_first_and_whose_it_is()
    {
        await SetUpAsync(Cuff);
        await using var central = new CentralDouble { Heard = [Heard(Cuff, -70), Heard("C0:FF:EE:00:00:02", -40), Heard(Cuff, -60), Heard(Phone, -30, 0xFE9F)] };
        await ScanAsync(central, asJson: true);
        Assert.Equal(
            [("C0:FF:EE:00:00:02", -40, null), (Cuff, -60, "Patient/p1")],
            Lines().Select(line => (line.GetProperty("address").GetString(), line.GetProperty("rssi").GetInt32(), line.GetProperty("patient").GetString())));
        Assert.Equal("Blood Pressure", Lines()[0].GetProperty("services")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_scan_for_everything_hears_everything()
    {
        await using var central = new CentralDouble { Heard = [Heard(Cuff, -70), Heard(Phone, -30, 0xFE9F)] };
        await ScanAsync(central, asJson: true, listensToAll: true);
        Assert.Equal([Phone, Cuff], Lines().Select(line => line.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task A_scan_tells_a_person_a_table_with_the_services_in_words()
    {
        await using var central = new CentralDouble { Heard = [Heard(Cuff, -70)] };
        await ScanAsync(central, asJson: false);
        Assert.Contains(Cuff, Output(), StringComparison.Ordinal);
        Assert.Contains("Blood", Output(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task A_scan_that_heard_nothing_says_what_to_do()
    {
        await using var central = new CentralDouble { Heard = [Heard(Phone, -30, 0xFE9F)] };
        await ScanAsync(central, asJson: false);
        Assert.Contains("Wake the device", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_tells_scripts_what_is_new_at_once_and_the_rest_once_a_second()
    {
        Advertisement first = Heard(Cuff, -70), later = first with { Rssi = -65 }, named = first with { Name = "Cuff" };
        await using var central = new CentralDouble { Heard = [first, later, named, later] };
        await WatchAsync(central, asJson: true, heard: 2);
        Assert.Equal(new string?[] { null, "Cuff" }, Lines().Select(line => line.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_watch_tells_a_person_a_line_for_what_is_new()
    {
        await using var central = new CentralDouble { Heard = [Heard(Cuff, -70), Heard(Cuff, -60), Heard(Phone, -30, 0xFE9F)] };
        await WatchAsync(central, asJson: false, heard: 1);
        string line = Assert.Single(Output().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(Cuff, line, StringComparison.Ordinal);
        Assert.EndsWith("Blood Pressure", line, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Advertisement Heard(string address, short rssi, ushort service = 0x1810) => new()
    {
        Address = address, AddressType = AddressType.Random, Rssi = rssi, Services = [BluetoothUuid.Of(service)], ReceivedAt = SampleReadings.Start,
    };

    private NearbyView View(bool listensToAll = false) =>
        new(new CommandIo(Stream.Null, _output, _error, _time), _folder, DeviceCatalogue.Empty, listensToAll);

    private async Task SetUpAsync(string address)
    {
        await using SqliteDeviceRegistry registry = await SqliteDeviceRegistry.OpenAsync(_folder, default);
        await registry.SaveAsync(new RegisteredDevice { Address = address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
    }

    private async Task ScanAsync(CentralDouble central, bool asJson, bool listensToAll = false)
    {
        Task<int> scanning = View(listensToAll).ScanAsync(central, Length, asJson, default);
        await Eventually.HoldsAsync(() => central.IsWaiting, "all was heard");
        Assert.False(scanning.IsCompleted);
        _time.Advance(Length);
        Assert.Equal(ExitCodes.Done, await scanning.WaitAsync(Eventually.Deadline));
    }

    private async Task WatchAsync(CentralDouble central, bool asJson, int heard)
    {
        using var stop = new CancellationTokenSource();
        Task<int> watching = View().WatchAsync(central, asJson, stop.Token);
        await Eventually.HoldsAsync(() => central.IsWaiting, "all was heard");
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Done, await watching.WaitAsync(Eventually.Deadline));
        Assert.Equal(heard, Output().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private string Output() => Encoding.UTF8.GetString(_output.ToArray());

    private JsonElement[] Lines() =>
        [.. Output().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
}
