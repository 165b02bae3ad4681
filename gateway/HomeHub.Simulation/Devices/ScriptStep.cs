namespace HomeHub.Simulation.Devices;

/// <summary>One step of a device's script.</summary>
public sealed record ScriptStep
{
    /// <summary>When, counted from the start; null: at once after the step before.</summary>
    public TimeSpan? At { get; init; }

    /// <summary>What happens.</summary>
    public required ScriptAction Do { get; init; }

    /// <summary>For <see cref="ScriptAction.Measure"/>: how many measurements.</summary>
    public int Count { get; init; } = 1;

    /// <summary>For <see cref="ScriptAction.Disconnect"/>: after this many records of the next transfer or sending; null: now.</summary>
    public int? AfterRecord { get; init; }

    /// <summary>For <see cref="ScriptAction.SetClock"/>: how far the clock is ahead from then on, in seconds.</summary>
    public double OffsetSeconds { get; init; }
}
