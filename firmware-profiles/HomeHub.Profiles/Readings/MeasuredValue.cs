namespace HomeHub.Profiles;

/// <summary>A number with the decimals that the device sent, or the reason why there is none. Never both, never neither.</summary>
public readonly record struct MeasuredValue
{
    private MeasuredValue(decimal number, AbsenceReason absence)
    {
        Number = number;
        Absence = absence;
    }

    /// <summary>The number, trailing zeros kept; 0 and without meaning when <see cref="Absence"/> gives a reason.</summary>
    public decimal Number { get; }

    /// <summary>Why there is no number, or <see cref="AbsenceReason.None"/>.</summary>
    public AbsenceReason Absence { get; }

    /// <summary>True when there is a number.</summary>
    public bool IsPresent => Absence == AbsenceReason.None;

    /// <summary>A number.</summary>
    public static MeasuredValue Of(decimal number) => new(number, AbsenceReason.None);

    /// <summary>No number, for a reason other than <see cref="AbsenceReason.None"/>.</summary>
    public static MeasuredValue Absent(AbsenceReason reason) => new(0m, reason);
}
