using HomeHub.Core.Peripherals;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>Whatever hangs, the connection ends within its limit, the next one is complete, and nothing is lost or doubled.</summary>
public sealed class SessionHangTests
{
    [Theory]
    [InlineData("Connect")]
    [InlineData("ReadValue")]
    [InlineData("StartNotify")]
    [InlineData("WriteValue")]
    public async Task A_call_that_is_never_answered_costs_one_connection(string method)
    {
        await using HomeFixture home = await HomeFixture.StartAsync(HomeFixture.QuickToGiveUp);
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2, 3 } };
        await home.SetUpAsync(meter.Device);
        home.StandIn.Mute(method);
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Contains(home.Log, line => line.Contains("ended by TimedOut", StringComparison.Ordinal));
        home.StandIn.Unscript(method);
        await home.AdvertiseUntilAsync(() => home.Stored == 3, "all records are taken", meter.Device);
        Assert.Null((await home.FindAsync(meter.Device)).Trouble);
    }

    [Fact]
    public async Task Services_that_are_never_found_cost_one_connection()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(HomeFixture.QuickToGiveUp);
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);

        // The link is there, and BlueZ does not come to an end with the services.
        home.StandIn.Script("Connect", _ => Task.FromResult<IReadOnlyList<object>?>([]));
        await home.RunSessionsAsync(1, cuff);
        Assert.Contains(home.Log, line => line.Contains("ended by TimedOut", StringComparison.Ordinal));
        home.StandIn.Unscript("Connect");
        await home.AdvertiseUntilAsync(() => home.Stored == 1, "the measurement is taken", cuff);
    }

    [Fact]
    public async Task An_indication_that_never_comes_is_not_waited_for_for_long()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff(measurements: 0);
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff);
        Assert.Contains(home.Log, line => line.Contains("ended by the hub", StringComparison.Ordinal));
        Assert.False(cuff.IsConnected);
    }
}
