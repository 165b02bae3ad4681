using HomeHub.Core.Household;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Household;

public sealed class LockOutTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(7, 120)]
    [InlineData(11, 1920)]
    [InlineData(12, 3600)]
    [InlineData(13, 3600)]
    [InlineData(int.MaxValue, 3600)]
    public void Five_tries_are_free_then_the_wait_doubles_up_to_an_hour(int wrong, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LockOut.WaitAfter(wrong));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(29, 1)]
    [InlineData(30, 0)]
    [InlineData(-30, 30)]
    [InlineData(-31, 0)]
    [InlineData(-3600, 0)]
    public void What_remains_of_a_wait_runs_off_and_a_clock_that_was_wrong_does_not_make_it_longer(int secondsLater, int remaining) =>
        Assert.Equal(
            TimeSpan.FromSeconds(remaining),
            LockOut.Remaining(new SignInTries(LockOut.FreeTries, SampleReadings.Start), SampleReadings.Start.AddSeconds(secondsLater)));
}
