using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>What is noted of a device while the hub's clock is not known: no time at all, for a wrong one would stay for ever.</summary>
public sealed class UnknownClockTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_a_device_was_heard_out_is_noted_only_by_a_clock_that_is_known(bool isKnown)
    {
        await using HomeFixture home = await HomeFixture.StartAsync(new PeripheralSourceOptions
        {
            Limits = HomeFixture.QuickLimits, Reconnect = HomeFixture.QuickReconnect, IsClockKnown = () => isKnown,
        });
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2 } };
        await home.SetUpAsync(meter.Device);
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        await home.RunSessionsAsync(1, meter.Device);
        RegisteredDevice device = await home.FindAsync(meter.Device);
        DateTimeOffset?[] noted = [device.ToldAllAt, device.LastValueAt, device.LastSessionAt];
        Assert.Equal(2, home.Stored);
        Assert.All(noted, at => Assert.Equal(isKnown, at is not null));
        Assert.All(noted.OfType<DateTimeOffset>(), at => Assert.InRange(at, before.AddSeconds(-1), TimeProvider.System.GetUtcNow()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_a_scale_was_heard_is_noted_only_by_a_clock_that_is_known(bool isKnown)
    {
        await using HomeFixture home = await HomeFixture.StartAsync(new PeripheralSourceOptions
        {
            Limits = HomeFixture.QuickLimits, Reconnect = HomeFixture.QuickReconnect, IsClockKnown = () => isKnown,
            Traits = (_, _) => new DeviceTraits { TellsInAdvertisements = true },
        });
        StandInDevice scale = AdvertisedSessionTests.Scale();
        await home.SetUpAsync(scale);
        await AdvertisedSessionTests.TellAsync(home, scale, AdvertisedSessionTests.WithImpedance, 3);
        await home.AdvertiseUntilAsync(() => AdvertisedSessionTests.Tell(scale, AdvertisedSessionTests.Left) && home.Stored >= 1, "the weighing is taken", scale);
        await home.StopAsync();
        await Task.WhenAny(home.Running);
        Assert.Equal(isKnown, (await home.FindAsync(scale)).LastValueAt is not null);
    }
}
