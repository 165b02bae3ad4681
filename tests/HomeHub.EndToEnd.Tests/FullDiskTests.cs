using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Simulation;
using HomeHub.Simulation.Household;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>A disk that becomes full while a hub runs on it.</summary>
public sealed class FullDiskTests
{
    private const int Connections = 60;

    [SkippableFact]
    public async Task The_hub_stays_says_why_and_goes_on_when_there_is_room_and_nothing_is_lost_or_doubled()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        Directory.CreateDirectory(lab.HubFolder);
        using SmallDisk? disk = SmallDisk.TryMount(lab.HubFolder, "size=16m,mode=700");
        Skip.If(disk is null, "mounting a small disk needs root on Linux");

        // So little that the buffer's log can't be made as long as it becomes, and needs room for what comes.
        disk.Fill(free: 1000 * 1024);
        using var manager = new ServiceManagerDouble();
        string household = WriteHousehold(lab, speed: 120);
        using Executable hub = lab.StartWatchedHub(manager, TimeSpan.FromSeconds(3), "--simulate", household);
        await ReceiptedAsync(lab, hub, atLeast: 4);
        Assert.Contains("could not be made as long", hub.Error, StringComparison.Ordinal);
        disk.Fill();

        await SaysAsync(hub, "The disk takes nothing");
        await Eventually.HoldsAsync(() => manager.Told.Any(word => word.EndsWith(": The disk has no room left.", StringComparison.Ordinal)), "the service's status says so");
        JsonElement check = default;
        await Eventually.HoldsAsync(
            async () => (check = (await lab.StatusAsync()).GetProperty("selfCheck")).GetRawText().Contains("disk-not-writable", StringComparison.Ordinal),
            () => $"the self-check says so: {check} {hub.Error}",
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(200));
        int meals = manager.Told.Count(word => word == "WATCHDOG=1");
        await Eventually.HoldsAsync(() => manager.Told.Count(word => word == "WATCHDOG=1") >= meals + 6, "the watchdog is fed on");
        Assert.False(hub.HasExited);
        Assert.Equal(hub.Id, (await lab.StatusAsync()).GetProperty("pid").GetInt32());

        disk.Empty();
        await SaysAsync(hub, "The disk takes what is to be written again");
        await SaysAsync(hub, "The simulation has ended");
        await SettledAsync(lab, hub);
        using var described = File.OpenRead(WriteHousehold(lab, speed: 0));
        await lab.AssertAllArrivedOnceAsync(new SimulatedHousehold(HouseholdFile.Parse(described), TimeProvider.System));
        Assert.Equal(0, await hub.StopAsync());
        Assert.DoesNotContain(manager.Told, word => word.StartsWith("STATUS=Stalled", StringComparison.Ordinal));
    }

    private static Task SaysAsync(Executable hub, string word) => Eventually.HoldsAsync(
        () => Task.FromResult(hub.Error.Contains(word, StringComparison.Ordinal)), () => $"{word}: {hub.Error}", Executable.Patience, TimeSpan.FromMilliseconds(50));

    private static Task ReceiptedAsync(Laboratory lab, Executable hub, int atLeast) =>
        StatusAsync(lab, hub, status => status.GetProperty("receipted").GetInt32() >= atLeast);

    private static Task SettledAsync(Laboratory lab, Executable hub) =>
        StatusAsync(lab, hub, status => status.GetProperty("buffered").GetInt32() + status.GetProperty("sent").GetInt32() == 0);

    private static async Task StatusAsync(Laboratory lab, Executable hub, Func<JsonElement, bool> isSo)
    {
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () => hub.HasExited || isSo(status = await lab.StatusAsync()), () => $"{status} {hub.Error}", Executable.Patience, TimeSpan.FromMilliseconds(200));
        Assert.False(hub.HasExited, hub.Error);
    }

    private static string WriteHousehold(Laboratory lab, int speed)
    {
        string path = Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, $"household-{speed}.json");
        File.WriteAllText(path, $$"""
            {
              "seed": 11, "startsAt": "2026-11-22T08:00:00+01:00", "speed": {{speed}},
              "devices": [
                { "kind": "blood-pressure", "patient": "Patient/p1", "address": "C0:FF:EE:00:00:01", "connections": {{Connections}}, "everyMinutes": 1 },
                { "kind": "thermometer", "patient": "Patient/p2", "address": "C0:FF:EE:00:00:02", "connections": {{Connections}}, "everyMinutes": 1 }
              ]
            }
            """);
        return path;
    }
}
