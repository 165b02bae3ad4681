using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.EndToEnd.Tests;

/// <summary>The hub as a service, by the double of a service manager; a real one plays in the laboratory.</summary>
public class ServiceTests
{
    [Fact]
    public async Task It_tells_that_it_is_ready_feeds_its_watchdog_says_what_it_waits_for_and_that_it_ends()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        using var manager = new ServiceManagerDouble();
        Executable hub = lab.StartWatchedHub(manager, TimeSpan.FromSeconds(3));
        await Eventually.HoldsAsync(() => manager.Told.Contains("READY=1"), "the hub is ready");
        Assert.Contains("EXTEND_TIMEOUT_USEC=3000000", manager.Told.TakeWhile(word => word != "READY=1"));
        await Eventually.HoldsAsync(() => manager.Told.Count(word => word == "WATCHDOG=1") >= 4, "the watchdog is fed again and again");
        await Eventually.HoldsAsync(() => manager.Told.Contains("STATUS=All loops go on"), "all loops go on");
        await lab.Broker.StopAsync();
        await Eventually.HoldsAsync(() => manager.Told.Any(word => word.StartsWith("STATUS=uplink: ", StringComparison.Ordinal)), "the uplink says why it waits");
        int before = manager.Told.Count(word => word == "WATCHDOG=1");
        await Eventually.HoldsAsync(() => manager.Told.Count(word => word == "WATCHDOG=1") >= before + 3, "the watchdog is fed without a broker too");
        Assert.Equal(0, await hub.StopAsync());
        Assert.Equal("STOPPING=1", manager.Told.Last());
    }

    [Fact]
    public async Task Without_a_broker_it_keeps_what_comes_and_says_so_and_commands_find_its_data_by_the_environment()
    {
        string folder = Directory.CreateTempSubdirectory("homehub-service-").FullName;
        try
        {
            string configuration = Path.Combine(folder, "homehub.json"), data = Path.Combine(folder, "data"), capture = Path.Combine(folder, "capture.ndjson");
            await File.WriteAllTextAsync(configuration, $$"""{ "data": "{{data}}", "timeZone": "Europe/Madrid", "clock": { "trust": "always" }, "broker": { "url": "none" } }""");
            await File.WriteAllTextAsync(capture, """{"service":"1810","characteristic":"2A35","hex":"16780050005D00EA070B1609260048000000","receivedAt":"2026-11-22T10:00:00+01:00","patient":"Patient/p1","device":{"address":"C0:FF:EE:00:00:01","manufacturer":"Example Medical","model":"BPX-100"}}""" + "\n");
            var environment = new Dictionary<string, string> { ["HOMEHUB_CONFIG"] = configuration };
            using Executable hub = Executable.Start(Executable.Hub, environment, "run", "--replay", capture);
            JsonElement status = default;
            await Eventually.HoldsAsync(
                async () =>
                {
                    using Executable command = Executable.Start(Executable.Hub, environment, "status", "--json");
                    return await command.ExitAsync() == 0 && (status = JsonSerializer.Deserialize<JsonElement>(command.Output)).GetProperty("pid").ValueKind == JsonValueKind.Number
                        && status.GetProperty("buffered").GetInt32() > 0;
                },
                () => $"the reading waits: {status} {hub.Error}",
                Eventually.Deadline,
                TimeSpan.FromMilliseconds(200));
            Assert.Contains("No broker is named yet", status.GetProperty("brokerError").GetString(), StringComparison.Ordinal);
            Assert.Equal(0, await hub.StopAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
