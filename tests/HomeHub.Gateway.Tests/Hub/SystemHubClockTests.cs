using HomeHub.Core.Time;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests.Hub;

public class SystemHubClockTests
{
    [Fact]
    public void A_start_of_the_system_has_a_name_and_the_time_since_it_runs_on()
    {
        var clock = new SystemHubClock(trustsAlways: true);
        Assert.True(Guid.TryParse(clock.BootId, out _));
        Assert.Equal(clock.BootId, new SystemHubClock(false).BootId);
        TimeSpan before = clock.Uptime;
        Assert.InRange(clock.Uptime, before, before + TimeSpan.FromMinutes(1));
        Assert.True(before > TimeSpan.Zero);
        Assert.True(clock.IsTimeKnown);
    }

    [Fact]
    public void Whether_the_clock_is_synchronised_is_what_the_system_says()
    {
        // Whatever it says on this machine: the same as the service's mark where there is one, and no error.
        bool isKnown = new SystemHubClock(trustsAlways: false).IsTimeKnown;
        Assert.True(isKnown || !File.Exists("/run/systemd/timesync/synchronized"));
    }

    [Fact]
    public void The_homes_time_is_the_systems_in_the_homes_zone()
    {
        var time = new HomeTime(TimeProvider.System, new HomeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu")));
        Assert.Equal(TimeSpan.FromMinutes(345), time.GetLocalNow().Offset);
        Assert.InRange(time.GetUtcNow() - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(5));
        Assert.Equal(TimeProvider.System.TimestampFrequency, time.TimestampFrequency);
    }

    [Fact]
    public void A_zone_that_is_set_while_the_hub_runs_counts_at_once()
    {
        var home = new HomeZone(null);
        var time = new HomeTime(TimeProvider.System, home);
        Assert.Equal(TimeProvider.System.LocalTimeZone, time.LocalTimeZone);
        home.Set(HomeZone.Find("Asia/Kathmandu")!);
        Assert.Equal(TimeSpan.FromMinutes(345), time.GetLocalNow().Offset);
    }
}
