using HomeHub.Core.Sessions;

namespace HomeHub.Core.Tests.Sessions;

public sealed class DeviceScheduleTests
{
    private static readonly ReconnectLimits Limits = new();

    private readonly DeviceSchedule _schedule = new(Limits);

    [Fact]
    public void A_device_is_connected_when_it_is_first_heard() => Assert.True(Hear(0));

    [Fact]
    public void A_device_that_goes_on_advertising_is_left_alone_for_a_while()
    {
        _schedule.OnDone(At(0), 3);
        Assert.False(Hear(5));
        Assert.False(Hear(9.9));
        Assert.True(Hear(10));
    }

    [Fact]
    public void One_that_was_silent_and_is_heard_again_has_something_new()
    {
        _schedule.OnDone(At(0), 0);
        _schedule.OnDone(At(0), 0);
        Assert.False(Hear(9));
        Assert.True(Hear(19.1));
    }

    [Fact]
    public void Connections_that_bring_nothing_become_rarer_up_to_a_limit()
    {
        double now = 0;
        foreach (int wait in new[] { 20, 40, 60, 60 })
        {
            _schedule.OnDone(At(now), 0);
            AssertHeardAgainAfter(ref now, wait);
        }

        _schedule.OnDone(At(now), 1);
        AssertHeardAgainAfter(ref now, 10);
    }

    [Fact]
    public void Failures_are_tried_again_soon_then_rarer_up_to_a_limit()
    {
        double now = 0;
        foreach (int wait in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            _schedule.OnFailed(At(now));
            AssertHeardAgainAfter(ref now, wait);
        }

        _schedule.OnDone(At(now), 1);
        _schedule.OnFailed(At(now));
        AssertHeardAgainAfter(ref now, 1);
    }

    [Fact]
    public void A_thousand_failures_do_not_overflow()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _schedule.OnFailed(At(0));
        }

        double now = 0;
        AssertHeardAgainAfter(ref now, 60);
    }

    [Fact]
    public void A_device_in_trouble_is_tried_rarely_even_after_silence_and_at_once_when_it_was_repaired()
    {
        _schedule.OnTrouble(At(0));
        Assert.True(_schedule.IsInTrouble);
        Assert.False(_schedule.OnHeard(At(60), isRepaired: false));
        Assert.False(_schedule.OnHeard(At(899), isRepaired: false));
        Assert.True(_schedule.OnHeard(At(900), isRepaired: false));
        _schedule.OnTrouble(At(900));
        Assert.True(_schedule.OnHeard(At(901), isRepaired: true));
        Assert.False(_schedule.IsInTrouble);
    }

    [Fact]
    public void A_device_that_was_cut_off_while_it_told_is_connected_at_once()
    {
        _schedule.OnCut(At(0));
        Assert.True(Hear(0.1));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private bool Hear(double seconds) => _schedule.OnHeard(At(seconds), isRepaired: true);

    /// <summary>The device advertises each second meanwhile.</summary>
    private void AssertHeardAgainAfter(ref double now, int seconds)
    {
        for (int i = 1; i < seconds; i++)
        {
            Assert.False(_schedule.OnHeard(At(now + i), isRepaired: false), $"Connected after {i} s, not {seconds} s.");
        }

        now += seconds;
        Assert.True(_schedule.OnHeard(At(now), isRepaired: false), $"Not connected after {seconds} s.");
    }
}
