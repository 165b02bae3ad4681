using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>Hub, relay and broker are killed at any moment and started again: nothing lost, nothing twice.</summary>
public class DurabilityTests
{
    private const int Measurements = 3_000;

    [Fact]
    public async Task A_hub_that_is_killed_again_and_again_loses_nothing()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        string capture = lab.WriteCapture(Measurements);
        // From the middle of its start to the middle of the work, on fast machines and on slow ones.
        foreach (int milliseconds in new[] { 250, 450, 600, 800, 1_000 })
        {
            using Executable hub = lab.StartHub("--replay", capture);
            await Task.Delay(milliseconds);
            await hub.KillAsync();
        }

        await FinishAsync(lab, capture);
    }

    [Fact]
    public async Task A_relay_that_is_killed_again_and_again_loses_nothing()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        string capture = lab.WriteCapture(Measurements);
        using Executable hub = lab.StartHub("--replay", capture, "--exit-when-drained");
        foreach (int milliseconds in new[] { 300, 200, 150 })
        {
            await Task.Delay(milliseconds);
            await lab.KillRelayAsync();
            await lab.StartRelayAsync();
        }

        Assert.True(await hub.ExitAsync() == 0, hub.Error);
        await lab.AssertAllArrivedOnceAsync(capture);
    }

    [Fact]
    public async Task A_broker_that_goes_away_only_delays()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        string capture = lab.WriteCapture(Measurements);
        using Executable hub = lab.StartHub("--replay", capture, "--exit-when-drained");
        await Task.Delay(700);
        await lab.Broker.KillAsync();
        await Task.Delay(1_500);
        await lab.Broker.StartAgainAsync();
        Assert.True(await hub.ExitAsync() == 0, hub.Error);
        await lab.AssertAllArrivedOnceAsync(capture);
    }

    [Fact]
    public async Task Readings_taken_without_any_broker_arrive_once_there_is_one()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        string capture = lab.WriteCapture(200);
        await lab.Broker.KillAsync();
        using (Executable hub = lab.StartHub("--replay", capture))
        {
            await WaitAsync(hub, "The replay has ended");
            Assert.True((await lab.StatusAsync()).GetProperty("buffered").GetInt32() > 0);
            Assert.Equal(0, await hub.StopAsync());
        }

        await lab.Broker.StartAgainAsync();
        await lab.StartRelayAsync();
        using Executable again = lab.StartHub("--exit-when-drained");
        Assert.True(await again.ExitAsync() == 0, again.Error);
        Assert.Contains("No new readings are taken, as none of --bluetooth, --replay and --simulate is given", again.Error, StringComparison.Ordinal);
        await lab.AssertAllArrivedOnceAsync(capture);
    }

    [Fact]
    public async Task A_full_buffer_says_so_keeps_all_and_goes_on_when_there_is_room()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        string capture = lab.WriteCapture(6_000);
        string config = Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, "hub.json");
        await File.WriteAllTextAsync(config, """{ "buffer": { "maxSizeMiB": 1 } }""");
        using Executable hub = lab.StartHub("--config", config, "--replay", capture, "--exit-when-drained");
        await WaitAsync(hub, "The buffer is full of readings that nobody has receipted");
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Testing.Eventually.Deadline;
        while (!(await lab.StatusAsync()).GetProperty("full").GetBoolean())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, "The status does not say that the buffer is full.");
            await Task.Delay(100);
        }

        await lab.StartRelayAsync();
        Assert.True(await hub.ExitAsync() == 0, hub.Error);
        await lab.AssertAllArrivedOnceAsync(capture);
    }

    private static async Task FinishAsync(Laboratory lab, string capture)
    {
        using Executable last = lab.StartHub("--replay", capture, "--exit-when-drained");
        Assert.True(await last.ExitAsync() == 0, last.Error);
        await lab.AssertAllArrivedOnceAsync(capture);
    }

    private static Task WaitAsync(Executable program, string said) =>
        Testing.Eventually.HoldsAsync(() => program.Error.Contains(said, StringComparison.Ordinal), said);
}
