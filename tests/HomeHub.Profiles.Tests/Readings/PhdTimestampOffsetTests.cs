namespace HomeHub.Profiles.Tests.Readings;

public class PhdTimestampOffsetTests
{
    [Theory]
    [InlineData(2026, 3, 14, 5, "2026-03-14T07:15:58")]
    [InlineData(2026, 3, 14, -431, "2026-03-13T23:59:58")]
    [InlineData(2024, 2, 28, 1440, "2024-02-29T07:10:58")]
    [InlineData(2026, 12, 31, 65535, "2027-02-14T19:25:58")]
    [InlineData(9999, 12, 31, 0, "9999-12-31T07:10:58")]
    [InlineData(9999, 2, 31, 0, "9999-02-31T07:10:58")]
    public void Minutes_move_the_stamp(int year, int month, int day, int minutes, string expected)
    {
        PhdTimestamp? moved = Stamp(year, month, day).AddMinutes(minutes);
        Assert.Equal(expected, moved?.ToString());
        Assert.Equal((sbyte)4, moved?.OffsetQuarters);
    }

    [Theory]
    [InlineData(0, 3, 14, 5)]
    [InlineData(2026, 0, 14, 0)]
    [InlineData(2026, 3, 0, 0)]
    [InlineData(2026, 2, 31, 1)]
    [InlineData(1500, 1, 1, 1)]
    [InlineData(9999, 12, 31, 1440)]
    public void No_stamp_where_there_is_nothing_to_count_from(int year, int month, int day, int minutes) =>
        Assert.Null(Stamp(year, month, day).AddMinutes(minutes));

    private static PhdTimestamp Stamp(int year, int month, int day) => new((ushort)year, (byte)month, (byte)day, 7, 10, 58, 4);
}
