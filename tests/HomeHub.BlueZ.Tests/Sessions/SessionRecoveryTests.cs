using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>The radio goes in the middle of a transfer and comes back: within ten seconds all is taken, once, and no person is bothered.</summary>
public sealed class SessionRecoveryTests
{
    [Theory]
    [InlineData("adapter", true)]
    [InlineData("adapter", false)]
    [InlineData("service", true)]
    [InlineData("bus", true)]
    public async Task A_transfer_in_which_the_radio_goes_is_completed_when_it_is_back(string what, bool isBonded)
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2, 3, 4 } };
        meter.Device.IsPaired = isBonded;
        await home.SetUpAsync(meter.Device);
        var broken = new TaskCompletionSource();
        (meter.BreaksAfter, meter.Breaks) = (2, () =>
        {
            broken.SetResult();
            return new TaskCompletionSource().Task;
        });
        await home.AdvertiseUntilAsync(() => broken.Task.IsCompleted, "the transfer is under way", meter.Device);
        switch (what)
        {
            case "adapter":
                await home.StandIn.RemoveAdapterAsync();
                await home.Radio.WaitForAsync(CentralCondition.NoAdapter);
                await home.StandIn.AddAdapterAsync();
                break;
            case "service":
                await home.StandIn.StopAsync();
                await home.Radio.WaitForAsync(CentralCondition.NoService);
                await home.StandIn.StartAgainAsync();
                break;
            default:
                await home.Radio.Bus.KillAsync();
                await home.Radio.WaitForAsync(CentralCondition.NoBus);
                await home.StandIn.StopAsync();
                await home.Radio.Bus.StartAgainAsync();
                await home.StandIn.StartAgainAsync();
                break;
        }

        await home.AdvertiseUntilAsync(() => home.Stored == 4, "all is taken", meter.Device);
        Assert.Null((await home.FindAsync(meter.Device)).Trouble);
        Assert.DoesNotContain(home.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
