using HomeHub.Core.Time;

namespace HomeHub.Core.Tests.Time;

public sealed class HomeZoneTests
{
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    [Fact]
    public void A_zone_that_the_configuration_says_can_not_be_set()
    {
        var zone = new HomeZone(Madrid);
        Assert.True(zone.IsFixed);
        Assert.Throws<InvalidOperationException>(() => zone.Set(TimeZoneInfo.Utc));
        Assert.Equal(Madrid, zone.Zone);
    }

    [Fact]
    public void A_zone_that_is_set_counts_for_all_that_comes_after()
    {
        var zone = new HomeZone(null);
        var hub = new HubZone(() => zone.Zone);
        var receivedAt = new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);
        Assert.Equal((false, false), (zone.IsKnown, zone.IsFixed));
        Assert.Equal(TimeSpan.Zero, hub.Show(receivedAt, receivedAt).Offset);
        zone.Set(Madrid);
        Assert.Equal(TimeSpan.FromHours(2), hub.Show(receivedAt, receivedAt).Offset);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.FromHours(2)), hub.FromLocal(new DateTime(2026, 7, 1, 10, 0, 0), receivedAt));
    }

    [Theory]
    [InlineData("Europe/Madrid", true)]
    [InlineData("Europe/Nowhere", false)]
    [InlineData("UTC", false)]
    [InlineData("../etc/passwd", false)]
    [InlineData("", false)]
    public void A_zone_is_found_by_its_name_and_place(string name, bool isFound) => Assert.Equal(isFound, HomeZone.Find(name) is not null);
}
