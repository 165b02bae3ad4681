using HomeHub.Core.Network;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Network;

/// <summary>When the hub opens a network of its own and when it closes it, by a clock that a test moves.</summary>
public sealed class OwnNetworkRuleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly OwnNetworkRule _rule = new();
    private readonly long _start;
    private bool _isFirstVisit = true, _hasLink;
    private OwnNetworkCondition _condition = OwnNetworkCondition.Closed;

    public OwnNetworkRuleTests() => _start = _time.GetTimestamp();

    private TimeSpan Now => _time.GetElapsedTime(_start);

    [Fact]
    public void At_the_first_visit_it_opens_once_no_other_network_has_come_for_a_while()
    {
        Assert.Equal(OwnNetworkStep.Stay, Decide());
        AssertOnlyAfter(OwnNetworkRule.Patience, OwnNetworkStep.Open);
        _condition = OwnNetworkCondition.Open;
        Assert.Equal(OwnNetworkStep.Stay, After(TimeSpan.FromHours(5)));
    }

    [Fact]
    public void With_another_network_it_is_not_opened_and_a_link_that_comes_and_goes_starts_the_wait_anew()
    {
        _hasLink = true;
        Decide();
        Assert.Equal(OwnNetworkStep.Stay, After(TimeSpan.FromHours(1)));
        _hasLink = false;
        Assert.Equal(OwnNetworkStep.Stay, Decide());
        Assert.Equal(OwnNetworkStep.Stay, After(OwnNetworkRule.Patience - Second));
        _hasLink = true;
        Assert.Equal(OwnNetworkStep.Stay, After(Second));
        _hasLink = false;
        Assert.Equal(OwnNetworkStep.Stay, After(Second));
        Assert.Equal(OwnNetworkStep.Open, After(OwnNetworkRule.Patience));
    }

    [Theory]
    [InlineData(OwnNetworkCondition.NoService)]
    [InlineData(OwnNetworkCondition.NoRadio)]
    [InlineData(OwnNetworkCondition.NotAble)]
    [InlineData(OwnNetworkCondition.SwitchedOff)]
    public void What_can_t_be_opened_is_not_asked_for(OwnNetworkCondition condition)
    {
        _condition = condition;
        Decide();
        Assert.Equal(OwnNetworkStep.Stay, After(OwnNetworkRule.Patience));
    }

    [Fact]
    public void A_cable_that_is_plugged_in_ends_it_after_whoever_is_on_it_could_read_that()
    {
        Open();
        _hasLink = true;
        Assert.Equal(OwnNetworkStep.Stay, Decide());

        // That the first visit is over by that changes nothing.
        _isFirstVisit = false;
        AssertOnlyAfter(OwnNetworkRule.Grace, OwnNetworkStep.Close);
    }

    [Fact]
    public void After_the_first_visit_a_home_without_network_is_left_in_peace_until_the_nurse_asks()
    {
        _isFirstVisit = false;
        Decide();
        Assert.Equal(OwnNetworkStep.Stay, After(TimeSpan.FromDays(3)));
        _rule.Ask(Now);
        Assert.Equal(OwnNetworkStep.Open, Decide());
        _condition = OwnNetworkCondition.Open;
        AssertOnlyAfter(OwnNetworkRule.AskedTime, OwnNetworkStep.Close);
    }

    [Fact]
    public void Asked_for_it_stays_beside_a_cable_until_she_closes_it()
    {
        (_isFirstVisit, _hasLink) = (false, true);
        Decide();
        After(TimeSpan.FromHours(1));
        _rule.Ask(Now);
        Assert.Equal(OwnNetworkStep.Open, Decide());
        _condition = OwnNetworkCondition.Open;
        Assert.Equal(OwnNetworkStep.Stay, After(OwnNetworkRule.Grace));
        _rule.EndAsking();
        Assert.Equal(OwnNetworkStep.Close, Decide());
    }

    [Fact]
    public void While_a_network_is_joined_nothing_is_done_and_when_that_fails_it_comes_back_at_once()
    {
        Open();
        _rule.BeginJoin();
        _condition = OwnNetworkCondition.Closed;
        Assert.Equal(OwnNetworkStep.Stay, After(Second));
        _rule.EndJoin(false, Now);
        Assert.Equal(OwnNetworkStep.Open, Decide());
    }

    [Fact]
    public void When_a_network_was_joined_it_does_not_come_back_before_the_address_shows()
    {
        Open();
        _rule.BeginJoin();
        _condition = OwnNetworkCondition.Closed;
        After(TimeSpan.FromSeconds(20));
        _rule.EndJoin(true, Now);
        Assert.Equal(OwnNetworkStep.Stay, Decide());
        _hasLink = true;
        Assert.Equal(OwnNetworkStep.Stay, After(Second));
        Assert.Equal(OwnNetworkStep.Stay, After(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void To_listen_it_is_closed_for_a_moment()
    {
        Open();
        _rule.Listen(Now);
        Assert.Equal(OwnNetworkStep.Close, Decide());
        _condition = OwnNetworkCondition.Closed;
        AssertOnlyAfter(OwnNetworkRule.ListenTime, OwnNetworkStep.Open);
    }

    [Fact]
    public void What_could_not_be_opened_is_tried_again_after_a_wait_and_at_once_when_asked()
    {
        Decide();
        Assert.Equal(OwnNetworkStep.Open, After(OwnNetworkRule.Patience));
        _rule.Failed(Now);
        Assert.Equal(OwnNetworkStep.Stay, Decide());
        Assert.Equal(OwnNetworkStep.Open, After(OwnNetworkRule.RetryWait));
        _rule.Failed(Now);
        _rule.Ask(Now);
        Assert.Equal(OwnNetworkStep.Open, Decide());
    }

    private OwnNetworkStep Decide() => _rule.Decide(new OwnNetworkFacts(_isFirstVisit, _hasLink, _condition), Now);

    private void AssertOnlyAfter(TimeSpan wait, OwnNetworkStep step)
    {
        Assert.Equal(OwnNetworkStep.Stay, After(wait - Second));
        Assert.Equal(step, After(Second));
    }

    private OwnNetworkStep After(TimeSpan wait)
    {
        _time.Advance(wait);
        return Decide();
    }

    private void Open()
    {
        Decide();
        Assert.Equal(OwnNetworkStep.Open, After(OwnNetworkRule.Patience));
        _condition = OwnNetworkCondition.Open;
    }
}
