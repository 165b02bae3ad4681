using HomeHub.Core.History;

namespace HomeHub.Core.Tests.History;

public sealed class UsualRangeTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    [Theory]
    [InlineData(6, 9, null, null)]
    [InlineData(7, 7, "1", "7")]
    [InlineData(7, 19, "1", "19")]
    [InlineData(20, 20, "1", "19")]
    [InlineData(30, 40, "2", "38")]
    [InlineData(30, 100, "5", "95")]
    public void The_range_is_that_of_the_nearest_ranks_once_there_are_seven_days(int days, int values, string? low, string? high)
    {
        var range = UsualRange.Of(Enumerable.Range(1, values).Reverse().Select(number => (Day.AddDays(number % days), (decimal)number)));
        Assert.Equal((low, high), (range?.Low.ToString(), range?.High.ToString()));
    }

    [Fact]
    public void Nothing_has_no_range() => Assert.Null(UsualRange.Of([]));

    [Theory]
    [InlineData("99.9", UsualWord.Lower)]
    [InlineData("100", UsualWord.AsUsual)]
    [InlineData("120.0", UsualWord.AsUsual)]
    [InlineData("120.1", UsualWord.Higher)]
    public void The_ends_of_the_range_are_usual(string number, UsualWord word) =>
        Assert.Equal(word, new UsualRange(100, 120).WordOf(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
}
