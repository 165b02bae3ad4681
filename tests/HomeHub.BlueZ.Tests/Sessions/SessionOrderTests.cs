using System.Collections.Concurrent;
using HomeHub.Core.Buffering;
using HomeHub.Core.Sessions;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

public sealed class SessionOrderTests
{
    [Fact]
    public async Task A_device_that_advertises_is_connected_tells_what_it_has_once_and_is_let_go()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff(measurements: 3);
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff);
        Assert.Equal(3, home.Stored);
        Assert.False(cuff.IsConnected);
        Assert.NotNull((await home.FindAsync(cuff)).LastSessionAt);

        // It tells the same again, and one more.
        Household.Of(cuff, 0x2A35).AtSubscription = [.. Enumerable.Range(0, 4).Select(Household.BloodPressure)];
        await home.RunSessionsAsync(1, cuff);
        Assert.Equal(4, home.Stored);
        Assert.Equal(0, (await home.Buffer.CountAsync(default)).Quarantined);
    }

    [Fact]
    public async Task Measurements_are_subscribed_first_control_points_last_and_the_clock_is_read_before_it_is_written()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2 } };
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(2, home.Stored);
        string[] calls = [.. home.StandIn.Calls.Where(call => call.Contains(' ', StringComparison.Ordinal) && !call.StartsWith("StopNotify", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "StartNotify 2A18", "StartNotify 2A52", "ReadValue 2A26", "ReadValue 2A51", "ReadValue 2A2B", "WriteValue 2A52", "WriteValue 2A52",
                "WriteValue 2A2B", "ReadValue 2A2B",
            ],
            calls);
    }

    [Fact]
    public async Task Device_Information_is_read_once_for_each_firmware()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        int Reads(string uuid) => home.StandIn.Calls.Count(call => call == $"ReadValue {uuid}");

        await home.RunSessionsAsync(2, cuff);
        Assert.Equal((1, 1), (Reads("2A29"), Reads("2A49")));
        Assert.True(Reads("2A26") >= 2);
        Household.Of(cuff, 0x2A26).Value = "1.1"u8.ToArray();
        await home.RunSessionsAsync(2, cuff);
        Assert.Equal((2, 2), (Reads("2A29"), Reads("2A49")));
    }

    [Fact]
    public async Task Several_devices_at_once_are_all_taken_from()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice[] cuffs = [.. Enumerable.Range(1, 7).Select(number => Household.NewCuff($"C0:FF:EE:00:01:0{number}", 2))];
        foreach (StandInDevice cuff in cuffs)
        {
            await home.SetUpAsync(cuff);
        }

        // None is let go before three are connected.
        var isEnough = new TaskCompletionSource();
        int most = 0;
        home.StandIn.Script("ReadValue", async _ =>
        {
            await isEnough.Task;
            return null;
        });
        await home.AdvertiseUntilAsync(() => (most = Math.Max(most, cuffs.Count(cuff => cuff.IsConnected))) >= 3, "three are connected at once", cuffs);
        isEnough.SetResult();
        await home.AdvertiseUntilAsync(() => home.Stored == 14, "all have told", cuffs);
        Assert.InRange(most, 3, new PeripheralSourceOptions().MaxConnections);
    }

    [Fact]
    public async Task A_device_that_nobody_has_set_up_is_never_connected_and_one_that_was_removed_no_more()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var connected = new ConcurrentQueue<string>();
        home.StandIn.Script("Connect", call =>
        {
            connected.Enqueue(call.Path);
            return Task.FromResult<IReadOnlyList<object>?>(null);
        });
        StandInDevice cuff = Household.NewCuff(), other = Household.NewCuff("C0:FF:EE:00:00:02"), stranger = Household.NewCuff("66:66:66:66:66:66");
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff, stranger);
        Assert.All(connected, path => Assert.Equal(BlueZStandIn.PathOf(cuff), path));
        Assert.Equal(1, home.Stored);

        await home.Registry.RemoveAsync(cuff.Address, default);
        await home.SetUpAsync(other);
        await home.AdvertiseUntilAsync(() => home.Stored == 2 && !cuff.IsConnected, "the hub has looked at its registry again", other);
        connected.Clear();
        await home.RunSessionsAsync(2, cuff, stranger, other);
        Assert.NotEmpty(connected);
        Assert.All(connected, path => Assert.Equal(BlueZStandIn.PathOf(other), path));
    }

    [Fact]
    public async Task A_hub_that_is_stopped_keeps_what_had_come_until_then()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);

        // It has indicated, and will not again. The hub ends while it learns what the device is.
        home.StandIn.Script("ReadValue", async _ =>
        {
            await home.StopAsync();
            return null;
        });
        while (!home.Running.IsCompleted)
        {
            await home.StandIn.AdvertiseAsync(cuff);
            await Task.WhenAny(home.Running, Task.Delay(20));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => home.Running);
        Assert.Equal(1, home.Stored);
    }

    [Fact]
    public async Task A_registry_that_fails_for_a_while_is_told_and_stops_nothing()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff);
        home.Registry.Fault = new BufferException(BufferFault.DiskFull, "no room");
        await home.AdvertiseUntilAsync(() => home.Log.Any(line => line.StartsWith("Error: ", StringComparison.Ordinal)), "it is told", cuff);
        Assert.Contains(home.Log, line => line.Contains("DiskFull", StringComparison.Ordinal));
        home.Registry.Fault = null;
        Household.Of(cuff, 0x2A35).AtSubscription = [Household.BloodPressure(9)];
        await home.AdvertiseUntilAsync(() => home.Stored == 2, "the device is taken from again", cuff);
    }
}
