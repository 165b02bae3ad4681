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
        await Eventually.HoldsAsync(() => manager.Told.Count(word => word == "WATCHDOG=1") >= 4, "the watchdog is fed again and again");
        await Eventually.HoldsAsync(() => manager.Told.Contains("STATUS=All loops go on"), "all loops go on");
        await lab.Broker.StopAsync();
        await Eventually.HoldsAsync(() => manager.Told.Any(word => word.StartsWith("STATUS=uplink: ", StringComparison.Ordinal)), "the uplink says why it waits");
        int before = manager.Told.Count(word => word == "WATCHDOG=1");
        await Eventually.HoldsAsync(() => manager.Told.Count(word => word == "WATCHDOG=1") >= before + 3, "the watchdog is fed without a broker too");
        Assert.Equal(0, await hub.StopAsync());
        Assert.Equal("STOPPING=1", manager.Told.Last());
    }
}
