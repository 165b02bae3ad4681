using HomeHub.Gateway.Logging;

namespace HomeHub.Gateway.Tests.Logging;

public class RepeatLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RepeatLimiter _limiter = new();

    [Fact]
    public void A_warning_that_says_the_same_comes_once_an_hour_and_tells_how_often_it_was_left_out()
    {
        int written = 0, leftOut = 0;
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            if (_limiter.Allows("Hub", "Away", "Away", isTrouble: true, minute * Minute, out int more))
            {
                written++;
                leftOut += more;
            }
        }

        Assert.Equal((24, 23 * 59), (written, leftOut));
    }

    [Fact]
    public void A_change_in_between_is_news()
    {
        Assert.True(_limiter.Allows("Hub", "Away", "Away", true, TimeSpan.Zero, out _));
        Assert.False(_limiter.Allows("Hub", "Away", "Away", true, Minute, out _));
        Assert.True(_limiter.Allows("Hub", "Back", "Back", false, 2 * Minute, out _));
        Assert.True(_limiter.Allows("Hub", "Away", "Away", true, 3 * Minute, out int leftOut));
        Assert.Equal(1, leftOut);
        Assert.True(_limiter.Allows("Other", "Away", "Away", true, 3 * Minute, out _));
    }

    /// <summary>A device that fails each second in ever other words, or comes and goes, is bounded too.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_a_template_says_it_has_a_burst_and_then_a_line_every_five_minutes(bool isTrouble)
    {
        int written = Enumerable.Range(0, 24 * 3600).Count(second => _limiter.Allows("Hub", "{Count} left", $"{second} left", isTrouble, TimeSpan.FromSeconds(second), out _));
        Assert.InRange(written, RepeatLimiter.Burst, RepeatLimiter.Burst + (24 * 12));
    }

    [Fact]
    public void What_is_no_trouble_may_say_the_same_again()
    {
        Assert.True(_limiter.Allows("Hub", "Done", "Done", false, TimeSpan.Zero, out _));
        Assert.True(_limiter.Allows("Hub", "Done", "Done", false, TimeSpan.Zero, out _));
    }
}
