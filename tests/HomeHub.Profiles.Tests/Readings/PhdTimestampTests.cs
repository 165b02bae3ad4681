namespace HomeHub.Profiles.Tests.Readings;

/// <summary>The device's own time: fields as sent, and a date only where the calendar has one.</summary>
public class PhdTimestampTests
{
    [Theory]
    [InlineData(2026, 3, 14, 7, 42, 10, 826_789_330)]
    [InlineData(2000, 1, 1, 0, 0, 0, 0)]
    [InlineData(1999, 12, 31, 23, 59, 59, -1)]
    [InlineData(2021, 11, 22, 11, 56, 30, 690_897_390)]
    public void Counts_seconds_since_2000(int year, int month, int day, int hour, int minute, int second, long seconds)
    {
        var stamp = new PhdTimestamp((ushort)year, (byte)month, (byte)day, (byte)hour, (byte)minute, (byte)second);
        Assert.True(stamp.TryGetSecondsSince2000(out long counted));
        Assert.Equal(seconds, counted);
        Assert.True(stamp.TryGetLocal(out DateTime local));
        Assert.Equal(DateTimeKind.Unspecified, local.Kind);
        Assert.Equal(stamp, PhdTimestamp.FromLocal(local));
    }

    [Theory]
    [InlineData(2026, 2, 29)]
    [InlineData(2026, 2, 31)]
    [InlineData(2026, 4, 31)]
    [InlineData(1581, 12, 31)]
    [InlineData(0, 3, 14)]
    [InlineData(2026, 0, 14)]
    [InlineData(2026, 3, 0)]
    public void Has_no_date_where_the_calendar_has_none(int year, int month, int day)
    {
        var stamp = new PhdTimestamp((ushort)year, (byte)month, (byte)day, 1, 2, 3);
        Assert.False(stamp.TryGetLocal(out _));
        Assert.False(stamp.TryGetSecondsSince2000(out long seconds));
        Assert.Equal(0, seconds);
        Assert.Equal(year == 0 || month == 0 || day == 0, stamp.IsUnknown);
    }

    [Fact]
    public void A_leap_day_is_a_day()
    {
        Assert.True(new PhdTimestamp(2024, 2, 29, 0, 0, 0).TryGetLocal(out _));
        Assert.True(new PhdTimestamp(1582, 1, 1, 0, 0, 0).TryGetLocal(out _));
        Assert.True(new PhdTimestamp(9999, 12, 31, 23, 59, 59).TryGetLocal(out _));
    }
}
