using System.Text.Json;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>The program <c>homehub capture</c> with BlueZ's stand-in on a bus of its own, and the published record of a Soehnle Systo MC 400.</summary>
public sealed class CaptureTests : IAsyncLifetime
{
    private const string Address = "D0:0D:1E:00:00:01";

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-capture").FullName;
    private PrivateBus _bus = null!;
    private BlueZStandIn _bluez = null!;

    public async Task InitializeAsync()
    {
        _bus = await PrivateBus.StartAsync();
        _bluez = await BlueZStandIn.StartAsync(_bus.Address);
    }

    public async Task DisposeAsync()
    {
        await _bluez.DisposeAsync();
        await _bus.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task A_device_is_captured_and_replays_to_what_it_measured()
    {
        using Executable capture = await StartAsync("--for", "4");
        Assert.Equal(0, await capture.ExitAsync());
        JsonElement[] lines = Lines(capture.Output);
        Assert.Equal(["2A25", "2A35"], lines.Select(line => line.GetProperty("characteristic").GetString()).Order());
        Assert.DoesNotContain(Address, capture.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString("SN-2231-77"u8), capture.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("E6070804", capture.Output, StringComparison.Ordinal);
        Assert.Contains("2 values, anonymised.", capture.Error, StringComparison.Ordinal);

        string file = Path.Combine(_folder, "capture.ndjson");
        await File.WriteAllTextAsync(file, capture.Output);
        using Executable replay = Executable.Start(Executable.Hub, "replay", file);
        Assert.Equal(0, await replay.ExitAsync());
        JsonElement[] values = [.. Lines(replay.Output).Single().GetProperty("values").EnumerateArray()];
        Assert.Equal([128, 75, 93], values[0].GetProperty("components").EnumerateArray().Select(component => component.GetProperty("value").GetInt32()));
        Assert.Equal(80, values[1].GetProperty("value").GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_that_is_asked_is_captured_with_its_records_and_replays(bool isRaw)
    {
        var meter = new StandInTaiDocMeter(_bluez, Address) { Records = { (103, 50, 0), (102, 40, 0), (102, 40, 0) } };
        using Executable capture = await StartAsync(meter.Device, isRaw ? ["--raw"] : ["--for", "60"]);
        Assert.Equal(0, await capture.ExitAsync());
        JsonElement[] lines = Lines(capture.Output);
        Assert.Equal(3, lines.Count(line => line.GetProperty("operation").GetString() == "notified"));
        Assert.Equal(isRaw, lines.Length > 3);
        Assert.Equal(isRaw, capture.Output.Contains("51256E343206A5", StringComparison.Ordinal));

        string file = Path.Combine(_folder, $"asked-{isRaw}.ndjson");
        await File.WriteAllTextAsync(file, capture.Output);
        using Executable replay = Executable.Start(Executable.Hub, "replay", file);
        Assert.Equal(0, await replay.ExitAsync());
        Assert.Equal([103, 102, 102], Lines(replay.Output).Select(line => line.GetProperty("values")[0].GetProperty("value").GetInt32()));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Asked_to_end_it_leaves_a_complete_file(string signal)
    {
        using Executable capture = await StartAsync("--for", "3600");
        await Eventually.HoldsAsync(() => capture.Error.Contains("2A35", StringComparison.Ordinal), "the measurement came");
        using var kill = System.Diagnostics.Process.Start("/bin/kill", [$"-{signal}", capture.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, await capture.ExitAsync());
        Assert.Contains(Lines(capture.Output), line => line.GetProperty("characteristic").GetString() == "2A35");
    }

    private static JsonElement[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private Task<Executable> StartAsync(params string[] options) => StartAsync(
        new StandInDevice(
            Address,
            "Systo MC 400",
            new StandInCharacteristic(0x1810, 0x2A35, 0x10, "indicate") { AtSubscription = [Convert.FromHexString("1E80004B005D00E60708040D31005000000000")] },
            new StandInCharacteristic(0x180A, 0x2A25, 0x20, "read") { Value = "SN-2231-77"u8.ToArray() })
        {
            Services = ["00001810-0000-1000-8000-00805f9b34fb"], AddressType = "random",
        },
        options);

    private async Task<Executable> StartAsync(StandInDevice device, string[] options)
    {
        // Tests that a shell runs in the background ignore SIGINT, and their children inherit that.
        Executable capture = Executable.Start("/usr/bin/env", ["--default-signal=INT", $"DBUS_SYSTEM_BUS_ADDRESS={_bus.Address}", Executable.Hub, "capture", Address, .. options]);
        await Eventually.HoldsAsync(
            async () =>
            {
                await _bluez.AdvertiseAsync(device);
                return capture.Error.Contains("Heard.", StringComparison.Ordinal) || capture.HasExited;
            },
            () => capture.Error,
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(50));
        return capture;
    }
}
