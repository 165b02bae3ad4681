using HomeHub.Core.Board;

namespace HomeHub.Core.Tests.Board;

public sealed class LightRuleTests
{
    private static readonly LightInputs Well = new();

    private static readonly TimeSpan Start = TimeSpan.FromHours(5), Moment = TimeSpan.FromMilliseconds(1);

    private readonly LightRule _rule = new();

    [Fact]
    public void All_is_well() => Expect(Well, Start, LightPattern.Breathing, StatusWord.AllWell);

    [Fact]
    public void Who_waits_just_now_comes_before_what_needs_a_person()
    {
        Expect(Well with { WaitsForPerson = true }, Start, LightPattern.Fast, StatusWord.AllWell);
        Expect(Well with { WaitsForPerson = true, IsStorageFull = true }, Start, LightPattern.Fast, StatusWord.NeedsPerson, AttentionReason.StorageFull);
        Expect(Well with { IsStorageFull = true }, Start, LightPattern.Solid, StatusWord.NeedsPerson, AttentionReason.StorageFull);
    }

    [Fact]
    public void A_line_that_is_away_for_hours_alarms_nobody_and_one_that_is_for_days_does()
    {
        LightInputs away = Well with { IsBrokerReached = false };
        Expect(away, Start, LightPattern.Breathing, StatusWord.WaitsForNetwork);
        Expect(away, Start + LightRule.BrokerPatience - Moment, LightPattern.Breathing, StatusWord.WaitsForNetwork);
        Expect(away, Start + LightRule.BrokerPatience, LightPattern.Solid, StatusWord.NeedsPerson, AttentionReason.NotReachedForDays);
        Expect(Well, Start + LightRule.BrokerPatience + Moment, LightPattern.Breathing, StatusWord.AllWell);
        Expect(away, Start + (2 * LightRule.BrokerPatience), LightPattern.Breathing, StatusWord.WaitsForNetwork);
    }

    [Fact]
    public void A_radio_that_starts_anew_alarms_nobody_and_one_that_stays_away_does()
    {
        LightInputs away = Well with { IsRadioAway = true };
        Expect(away, Start, LightPattern.Breathing, StatusWord.AllWell);
        Expect(away, Start + LightRule.RadioPatience, LightPattern.Solid, StatusWord.NeedsPerson, AttentionReason.RadioAway);
    }

    [Fact]
    public void What_is_held_for_a_day_needs_a_person()
    {
        LightInputs held = Well with { IsHeld = true };
        Expect(held, Start, LightPattern.Breathing, StatusWord.AllWell);
        Expect(held, Start + LightRule.HoldPatience, LightPattern.Solid, StatusWord.NeedsPerson, AttentionReason.Held);
    }

    [Fact]
    public void What_others_found_is_told_at_once_and_each_reason_once()
    {
        LightInputs found = Well with { Found = [AttentionReason.SelfCheck, AttentionReason.StorageFull], IsStorageFull = true };
        Expect(found, Start, LightPattern.Solid, StatusWord.NeedsPerson, AttentionReason.StorageFull, AttentionReason.SelfCheck);
    }

    private void Expect(LightInputs inputs, TimeSpan now, LightPattern pattern, StatusWord word, params AttentionReason[] reasons)
    {
        LightState state = _rule.Decide(inputs, now);
        Assert.Equal((pattern, word), (state.Pattern, state.Word));
        Assert.Equal(reasons, state.Reasons);
    }
}
