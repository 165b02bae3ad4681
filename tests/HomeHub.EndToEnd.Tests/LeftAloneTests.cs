using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>A hub that is used and left alone has afterwards what it had before: no thread, file or socket more, and nothing half written.</summary>
public class LeftAloneTests
{
    private const string Pin = "739104";

    /// <summary>What may be more for a moment: threads of the pool that wait for work, a connection that is being closed.</summary>
    private const int Allowance = 6;

    private static readonly TimeSpan Use = TimeSpan.FromSeconds(20), Between = TimeSpan.FromMilliseconds(110), Rest = TimeSpan.FromSeconds(60);

    private static readonly string[] Paths = ["/status", "/people", "/readings", "/devices", "/acts", "/setup"];

    [Fact]
    public async Task Use_leaves_no_thread_file_or_socket_behind_and_a_broker_that_comes_and_goes_neither()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        int port = FreePort.Take();
        using Executable hub = await lab.StartHubWithPagesAsync(port, "--simulate", "demo");
        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(port, await lab.LabelAsync(), Pin);
        // Once unmeasured, until it has looked at itself: what a hub opens when it is first used it keeps.
        await UseAsync(lab, nurse);
        await Eventually.HoldsAsync(
            async () => (await lab.StatusAsync()).GetProperty("selfCheck").ValueKind == JsonValueKind.Object, () => "the hub has looked at itself", Rest, TimeSpan.FromSeconds(1));
        ProcessUse before = ProcessUse.Read(hub.Id);
        await UseAsync(lab, nurse);
        await UseAsync(lab, nurse);

        ProcessUse after = before;
        await Eventually.HoldsAsync(
            () =>
            {
                after = ProcessUse.Read(hub.Id);
                return Task.FromResult(after.Threads <= before.Threads + Allowance && after.Files <= before.Files + Allowance && after.Sockets <= before.Sockets + Allowance);
            },
            () => $"no more is left than before: {before}, {after}",
            Rest,
            TimeSpan.FromSeconds(1));
        Assert.False(hub.HasExited);
    }

    [Fact]
    public async Task What_a_killed_hub_left_half_written_is_gone_after_the_next_start_and_the_check_is_told()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        using (Executable first = lab.StartHub("--simulate", "demo"))
        {
            await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
            await first.KillAsync();
        }

        Assert.Equal("stopped", (await lab.StatusAsync()).GetProperty("broker").GetString());
        string left = Path.Combine(lab.HubFolder, "run-state.json.new");
        await File.WriteAllTextAsync(left, "{");
        File.SetLastWriteTimeUtc(left, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        using Executable again = lab.StartHub();
        await Eventually.HoldsAsync(
            async () => (await lab.StatusAsync()).GetProperty("selfCheck") is { ValueKind: System.Text.Json.JsonValueKind.Object } check && check.GetProperty("checks").GetArrayLength() == 5,
            () => $"the hub tells what it found of itself: {again.Error}",
            Rest,
            TimeSpan.FromSeconds(1));
        Assert.False(File.Exists(left));
        Assert.Equal(0, await again.StopAsync());
    }

    /// <summary>Pages are looked at and watched, while the broker goes and comes back.</summary>
    private static async Task UseAsync(Laboratory lab, PagesVisitor nurse)
    {
        using var leave = new CancellationTokenSource();
        Task<long>[] looking = [.. Enumerable.Range(0, 4).Select(_ => nurse.WatchAsync("/status/live", leave.Token))];
        await BrowseAsync(nurse, Use / 4);
        await lab.Broker.KillAsync();
        await BrowseAsync(nurse, Use / 20);
        await lab.Broker.StartAgainAsync();
        await leave.CancelAsync();
        await Task.WhenAll(looking);
    }

    private static async Task BrowseAsync(PagesVisitor nurse, TimeSpan time)
    {
        for (int i = 0; i < time / Between; i++)
        {
            await nurse.RequireAsync(Paths[i % Paths.Length]);
            await Task.Delay(Between);
        }
    }
}
