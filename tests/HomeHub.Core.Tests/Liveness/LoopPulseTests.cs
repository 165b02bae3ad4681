using HomeHub.Core.Liveness;
using HomeHub.Testing;
using HomeHub.Testing.Time;
using Xunit;

namespace HomeHub.Core.Tests.Liveness;

public class LoopPulseTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly HubLiveness _liveness;

    public LoopPulseTests() => _liveness = new HubLiveness(_time);

    [Fact]
    public void A_loop_that_beats_goes_on_and_one_that_is_silent_for_longer_than_its_limit_has_stalled()
    {
        LoopPulse pulse = _liveness.Add("buffer", Limit);
        _time.Advance(Limit);
        Assert.False(Assert.Single(_liveness.Look()).HasStalled);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(Assert.Single(_liveness.Look()).HasStalled);
        pulse.Beat();
        Assert.Equal(new LoopState("buffer", TimeSpan.Zero, Limit, null), Assert.Single(_liveness.Look()));
    }

    [Fact]
    public void One_that_says_why_it_cant_go_on_has_to_say_it_again()
    {
        LoopPulse pulse = _liveness.Add("uplink", Limit);
        _time.Advance(Limit);
        pulse.Excuse("The broker can't be reached.");
        _time.Advance(Limit);
        Assert.Equal(new LoopState("uplink", Limit, Limit, "The broker can't be reached."), pulse.Look());
        Assert.False(pulse.Look().HasStalled);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pulse.Look().HasStalled);
    }

    [Fact]
    public void One_that_rests_may_rest_for_as_long_as_there_is_nothing_to_do_and_not_longer_than_its_limit_after_it_began_again()
    {
        LoopPulse pulse = _liveness.Add("delivery", Limit);
        pulse.Rest();
        _time.Advance(TimeSpan.FromDays(30));
        Assert.False(pulse.Look().HasStalled);
        pulse.Beat();
        _time.Advance(Limit + TimeSpan.FromSeconds(1));
        Assert.True(pulse.Look().HasStalled);
    }

    [Fact]
    public void A_clock_that_is_set_stalls_nothing()
    {
        LoopPulse pulse = _liveness.Add("radio", Limit);
        _time.Step(TimeSpan.FromDays(400));
        Assert.Equal(TimeSpan.Zero, pulse.Look().Silent);
    }

    [Fact]
    public void One_that_ended_is_not_looked_at_any_more()
    {
        LoopPulse ended = _liveness.Add("radio", Limit);
        _liveness.Add("buffer", Limit);
        ended.Dispose();
        Assert.Equal("buffer", Assert.Single(_liveness.Look()).Name);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("buffer", 0)]
    [InlineData("buffer", -1)]
    public void A_pulse_has_a_name_and_a_limit(string name, int seconds) =>
        Assert.ThrowsAny<ArgumentException>(() => _liveness.Add(name, TimeSpan.FromSeconds(seconds)));
}
