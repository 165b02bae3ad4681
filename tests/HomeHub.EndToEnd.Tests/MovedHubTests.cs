using System.Text.RegularExpressions;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>A hub with a radio is moved at its pages and goes back: in between it takes nothing, also after a kill, and then it does again, all in the same process.</summary>
public sealed class MovedHubTests : IAsyncLifetime, IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private readonly int _port = FreePort.Take();
    private PagesVisitor? _nurse;
    private RadioHome _home = null!;

    public async Task InitializeAsync() => _home = await RadioHome.OpenAsync(withRelay: false);

    public async Task DisposeAsync() => await _home.DisposeAsync();

    public void Dispose() => _nurse?.Dispose();

    [Fact]
    public async Task While_it_is_moved_a_hub_reads_no_device_and_after_the_way_back_it_does()
    {
        await _home.RegisterAsync(Address);
        string config = Path.Combine(Path.GetDirectoryName(_home.Lab.HubFolder)!, "homehub.json");
        await File.WriteAllTextAsync(config, """{ "clock": { "trust": "always" }, "timeZone": "Europe/Madrid", "pages": { "redirectFrom": 0 } }""");
        using (Executable hub = Start(config))
        {
            await ServesAsync(hub, 1);
            _nurse = await PagesVisitor.ClaimAsync(_port, await _home.Lab.LabelAsync(), "739104");
            await _nurse.CheckAsync("/move", "/move", ("confirmed", "yes"));
            await ServesAsync(hub, 2);
            Assert.Contains("it takes and sends nothing", hub.Error, StringComparison.Ordinal);
            await hub.KillAsync();
        }

        StandInDevice cuff = new(
            Address, "Cuff", new StandInCharacteristic(0x1810, 0x2A35, 0x10, "indicate") { AtSubscription = [Convert.FromHexString("00800053005D00")] })
        {
            Services = ["00001810-0000-1000-8000-00805f9b34fb"],
        };
        int before = _home.Calls.Count;
        using Executable again = Start(config);
        await ServesAsync(again, 1);
        for (int i = 0; i < 20; i++)
        {
            await _home.AdvertiseAsync(cuff);
            await Task.Delay(50);
        }

        Assert.Empty(_home.Calls.Skip(before));
        Assert.DoesNotContain("values;", again.Error, StringComparison.Ordinal);
        Assert.Contains("This hub takes nothing and sends nothing any more", await _nurse.ReadAsync(await _nurse.FollowAsync("/status")), StringComparison.Ordinal);
        await _nurse.CheckAsync("/moved/undo", "/moved/undo", ("confirmed", "yes"));
        await ServesAsync(again, 2);
        await _home.AdvertiseUntilAsync(cuff, again, ": 1 values;");
        await Eventually.HoldsAsync(async () => (await _home.Lab.StatusAsync()).GetProperty("taken").GetInt32() == 1, () => again.Error, Executable.Patience, TimeSpan.FromMilliseconds(200));
        Assert.Equal(0, await again.StopAsync());
    }

    private static Task ServesAsync(Executable hub, int times) =>
        Eventually.HoldsAsync(() => Regex.Count(hub.Error, "Pages at") == times, $"the pages are served, {times}");

    private Executable Start(string config) => _home.Lab.StartHubOn(_home.Bus, "--pages", $"https://127.0.0.1:{_port}", "--config", config);
}
