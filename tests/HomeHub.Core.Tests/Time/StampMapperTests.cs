using System.Globalization;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Time;

public sealed class StampMapperTests
{
    private static readonly DateTimeOffset ReceivedAt = Instant("2026-03-14T07:45:06+01:00");
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    [Theory]
    // device clock, read at, stamp, effective (rule 9.3)
    [InlineData("2026-03-14T07:44:00", "2026-03-14T07:45:05+01:00", "2026-03-14T07:42:10", "2026-03-14T07:43:15+01:00")]
    [InlineData("2026-03-14T07:45:05", "2026-03-14T07:45:05+01:00", "2026-03-14T07:42:10", "2026-03-14T07:42:10+01:00")]
    [InlineData("2026-03-14T07:45:05", "2026-03-14T07:45:05.750+01:00", "2026-03-14T07:42:10", "2026-03-14T07:42:10+01:00")]
    [InlineData("2017-01-01T02:00:00", "2026-03-14T07:45:05+01:00", "2017-01-01T01:00:00", "2026-03-14T06:45:05+01:00")]
    [InlineData("2026-03-17T07:45:05", "2026-03-14T07:45:05+01:00", "2026-03-17T07:45:00", "2026-03-14T07:45:00+01:00")]
    [InlineData("2026-03-14T07:45:05", "2026-03-14T07:45:05+01:00", "2026-03-14T07:46:06", "2026-03-14T07:46:06+01:00")]
    public void A_stamp_counts_by_its_distance_from_the_device_clock(string clock, string readAt, string stamp, string effective)
    {
        Assert.True(StampMapper.TryMap(Stamp(stamp), new ClockCheck(Instant(readAt), Stamp(clock)), ReceivedAt, HubZone.OfReception, out EffectiveTime mapped));
        Assert.Equal(StampUse.Mapped, mapped.Use);
        Assert.Equal(effective, mapped.Instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        Assert.Equal(0, mapped.Instant.Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData("2026-03-14T07:45:05", "2026-03-14T07:46:07")] // more than 60 s after reception
    [InlineData("2017-01-01T00:05:00", "2026-03-14T07:40:00")] // clock reset after the record
    [InlineData("2026-03-14T07:45:05", "2026-02-31T07:40:00")] // no day of the calendar
    [InlineData("2026-02-31T07:45:05", "2026-03-14T07:40:00")]
    [InlineData("9999-12-31T23:59:59", "1582-10-15T00:00:00")] // further back than time goes
    [InlineData("2020-01-01T00:00:00", "9999-12-31T23:59:59")] // and further ahead
    [InlineData("1582-10-15T00:00:00", "9999-12-31T23:59:59")]
    public void What_can_not_be_is_not_mapped(string clock, string stamp) => Assert.False(
        StampMapper.TryMap(Stamp(stamp), new ClockCheck(Instant("2026-03-14T07:45:05+01:00"), Stamp(clock)), ReceivedAt, HubZone.OfReception, out _));

    [Fact]
    public void A_clock_that_can_not_be_known_maps_nothing() =>
        Assert.False(StampMapper.TryMap(Stamp("2026-03-14T07:40:00"), new ClockCheck(ReceivedAt, null), ReceivedAt, HubZone.OfReception, out _));

    [Fact]
    public void The_offset_shown_is_that_of_the_home_at_that_instant()
    {
        // The device's clock is not moved by daylight saving: two hours before 03:30 summer time it was 00:30 winter time.
        var check = new ClockCheck(Instant("2026-03-29T03:30:00+02:00"), Stamp("2026-03-29T03:30:00"));
        Assert.True(StampMapper.TryMap(Stamp("2026-03-29T01:30:00"), check, check.ReadAt, new HubZone(Madrid), out EffectiveTime mapped));
        Assert.Equal(Instant("2026-03-29T00:30:00+01:00"), mapped.Instant);
        Assert.Equal(TimeSpan.FromHours(1), mapped.Instant.Offset);
    }

    [Fact]
    public void A_stamp_with_its_own_offset_is_compared_as_an_instant()
    {
        var check = new ClockCheck(ReceivedAt, Stamp("2026-03-14T07:45:06") with { OffsetQuarters = 4 });
        Assert.True(StampMapper.TryMap(Stamp("2026-03-14T06:40:00") with { OffsetQuarters = 0 }, check, ReceivedAt, HubZone.OfReception, out EffectiveTime mapped));
        Assert.Equal(Instant("2026-03-14T07:40:00+01:00"), mapped.Instant);
    }

    [Theory]
    // stamp, unset, use, effective (rule 9.6)
    [InlineData("2026-03-14T07:40:00", false, StampUse.AsReported, "2026-03-14T07:40:00+01:00")]
    [InlineData("2026-02-12T00:00:00", false, StampUse.AsReported, "2026-02-12T00:00:00+01:00")]
    [InlineData("2026-02-11T07:45:00", false, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    [InlineData("2026-03-14T07:46:06", false, StampUse.AsReported, "2026-03-14T07:46:06+01:00")]
    [InlineData("2026-03-14T07:46:07", false, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    [InlineData("2017-01-01T01:34:19", false, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    [InlineData("2026-03-14T07:40:00", true, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    [InlineData("2026-02-31T07:40:00", false, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    [InlineData("0772-05-06T07:08:09", false, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    [InlineData("9999-12-31T23:59:59", false, StampUse.NotUsable, "2026-03-14T07:45:06+01:00")]
    public void A_stamp_without_comparison_counts_only_when_it_is_plausible(string stamp, bool unset, StampUse use, string effective)
    {
        EffectiveTime placed = StampMapper.WithoutComparison(Stamp(stamp), unset, ReceivedAt, null, HubZone.OfReception);
        Assert.Equal(use, placed.Use);
        Assert.Equal(Instant(effective), placed.Instant);
    }

    [Fact]
    public void A_stamp_from_before_the_pairing_is_not_plausible()
    {
        DateTimeOffset pairedAt = ReceivedAt.AddDays(-1);
        Assert.Equal(StampUse.NotUsable, StampMapper.WithoutComparison(Stamp("2026-03-12T07:40:00"), false, ReceivedAt, pairedAt, HubZone.OfReception).Use);
        Assert.Equal(
            StampUse.AsReported,
            StampMapper.WithoutComparison(Stamp("2025-03-12T07:40:00"), false, ReceivedAt, ReceivedAt.AddYears(-2), HubZone.OfReception).Use);
    }

    [Theory]
    [InlineData(56, "2026-03-14T07:30:00+14:00", 14)]
    [InlineData(-48, "2026-03-14T07:30:00-12:00", -12)]
    [InlineData(64, "2026-03-13T16:30:00+01:00", 1)] // more than a dateTime can show: the home's offset
    public void A_stamp_with_its_own_offset_shows_it_where_it_can(int quarters, string effective, int hours)
    {
        EffectiveTime time = StampMapper.WithoutComparison(
            Stamp("2026-03-14T07:30:00") with { OffsetQuarters = (sbyte)quarters }, false, ReceivedAt.AddDays(1), null, HubZone.OfReception);
        Assert.Equal((Instant(effective), TimeSpan.FromHours(hours)), (time.Instant, time.Instant.Offset));
    }

    [Fact]
    public void The_hour_that_comes_twice_counts_as_the_first() => Assert.Equal(
        Instant("2025-10-26T02:30:00+02:00"), new HubZone(Madrid).FromLocal(new DateTime(2025, 10, 26, 2, 30, 0), ReceivedAt));

    private static PhdTimestamp Stamp(string text) => new(
        ushort.Parse(text[..4], CultureInfo.InvariantCulture),
        byte.Parse(text[5..7], CultureInfo.InvariantCulture),
        byte.Parse(text[8..10], CultureInfo.InvariantCulture),
        byte.Parse(text[11..13], CultureInfo.InvariantCulture),
        byte.Parse(text[14..16], CultureInfo.InvariantCulture),
        byte.Parse(text[17..19], CultureInfo.InvariantCulture));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
