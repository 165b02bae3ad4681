using HomeHub.Core.Identity;

namespace HomeHub.Core.ManualEntries;

/// <summary>A reading that a person enters: from a scale without a radio, or told by telephone.</summary>
public sealed record ManualEntry
{
    /// <summary>What was measured.</summary>
    public required ManualKind Kind { get; init; }

    /// <summary>Whose it is.</summary>
    public required PatientReference Patient { get; init; }

    /// <summary>When it was measured, with the offset from UTC there.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Unit of the values, as it was said: kg, lb, mmHg, kPa, C, F, mg/dL, mmol/L or %; of <see cref="Pulse"/> it is always beats a minute.</summary>
    public required string Unit { get; init; }

    /// <summary>The value, with the decimals that were said; null for a blood pressure.</summary>
    public decimal? Value { get; init; }

    /// <summary>Systolic pressure of a blood pressure.</summary>
    public decimal? Systolic { get; init; }

    /// <summary>Diastolic pressure of a blood pressure.</summary>
    public decimal? Diastolic { get; init; }

    /// <summary>
    /// True when it was measured a second time in that minute, with the same values. Without it the same values of the same person in the same minute are
    /// the same reading, however often they are entered.
    /// </summary>
    public bool IsAgain { get; init; }

    /// <summary>Pulse rate beside a blood pressure or an oxygen saturation; null when it was not told.</summary>
    public decimal? Pulse { get; init; }
}
