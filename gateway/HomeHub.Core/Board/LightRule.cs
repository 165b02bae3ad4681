namespace HomeHub.Core.Board;

/// <summary>
/// What the hub's condition is, as one light tells it. Who waits just now comes first, then what needs a person, then that all is well. What passes by itself, a rural line that is away for hours,
/// a radio that starts anew, alarms nobody: it has to last. Not for several threads. Times are monotonic, and what lasts is counted since the start of the hub.
/// </summary>
public sealed class LightRule
{
    /// <summary>How long the broker may be away: readings wait on the hub for months if need be, and days without a line are somebody's to look at.</summary>
    public static readonly TimeSpan BrokerPatience = TimeSpan.FromDays(3);

    /// <summary>How long Bluetooth may be away: a dongle that is put back, a service that starts anew.</summary>
    public static readonly TimeSpan RadioPatience = TimeSpan.FromMinutes(10);

    /// <summary>How long what devices tell may be held: a hub that starts without the internet learns the time when it is back.</summary>
    public static readonly TimeSpan HoldPatience = TimeSpan.FromDays(1);

    private TimeSpan? _brokerAway, _radioAway, _held;

    /// <summary>What the light tells now.</summary>
    public LightState Decide(LightInputs inputs, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        SortedSet<AttentionReason> reasons = [.. inputs.Found];
        Add(inputs.IsStorageFull, AttentionReason.StorageFull);
        Add(Lasts(ref _radioAway, inputs.IsRadioAway, RadioPatience, now), AttentionReason.RadioAway);
        Add(Lasts(ref _brokerAway, !inputs.IsBrokerReached, BrokerPatience, now), AttentionReason.NotReachedForDays);
        Add(Lasts(ref _held, inputs.IsHeld, HoldPatience, now), AttentionReason.Held);
        return new LightState(
            inputs.WaitsForPerson ? LightPattern.Fast : reasons.Count > 0 ? LightPattern.Solid : LightPattern.Breathing,
            reasons.Count > 0 ? StatusWord.NeedsPerson : inputs.IsBrokerReached ? StatusWord.AllWell : StatusWord.WaitsForNetwork,
            [.. reasons]);

        void Add(bool holds, AttentionReason reason)
        {
            if (holds)
            {
                reasons.Add(reason);
            }
        }
    }

    private static bool Lasts(ref TimeSpan? since, bool holds, TimeSpan patience, TimeSpan now)
    {
        since = holds ? since ?? now : null;
        return now - since >= patience;
    }
}
