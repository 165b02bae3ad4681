namespace HomeHub.Simulation.Devices;

/// <summary>One step of a device's script.</summary>
public sealed record ScriptStep
{
    /// <summary>When; null: at once after the step before.</summary>
    public ScriptTime? At { get; init; }

    /// <summary>What happens.</summary>
    public required ScriptAction Do { get; init; }

    /// <summary>For <see cref="ScriptAction.Measure"/>: how many measurements.</summary>
    public int Count { get; init; } = 1;

    /// <summary>For <see cref="ScriptAction.Measure"/>: what it measures, by name (docs/simulation.md); what is not named comes from the seed.</summary>
    public IReadOnlyDictionary<string, decimal> Values { get; init; } = NoValues;

    /// <summary>
    /// For <see cref="ScriptAction.Disconnect"/> and <see cref="ScriptAction.FallSilent"/>: after this many records, with their contexts, counted from
    /// this step on in the connection that is there, or else in the next; null: now.
    /// </summary>
    public int? AfterRecord { get; init; }

    /// <summary>For <see cref="ScriptAction.SetClock"/>: how far the clock is ahead from then on, in seconds.</summary>
    public double OffsetSeconds { get; init; }

    /// <summary>For <see cref="ScriptAction.Fault"/>: the characteristic, by its 16-bit UUID, <c>2A2B</c>.</summary>
    public string? Characteristic { get; init; }

    /// <summary>For <see cref="ScriptAction.Fault"/>: how it fails.</summary>
    public CharacteristicFault Fault { get; init; }

    /// <summary>For <see cref="ScriptAction.Fault"/>: for how many reads, writes and subscriptions.</summary>
    public int Operations { get; init; } = 1;

    /// <summary>For <see cref="CharacteristicFault.Refuse"/>: the error code, 1 to 255; 128 is the profile's first own.</summary>
    public byte AttError { get; init; } = 0x80;

    /// <summary>For <see cref="CharacteristicFault.Slow"/>: seconds until the answer.</summary>
    public double DelaySeconds { get; init; } = 5;

    private static readonly IReadOnlyDictionary<string, decimal> NoValues = new Dictionary<string, decimal>();
}
