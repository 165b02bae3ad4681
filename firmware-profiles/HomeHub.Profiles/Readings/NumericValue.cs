namespace HomeHub.Profiles;

/// <summary>A Numeric: one number in one unit.</summary>
/// <param name="Code">What was measured.</param>
/// <param name="Value">The number or why there is none.</param>
/// <param name="Unit">Its unit.</param>
public sealed record NumericValue(MdcTerm Code, MeasuredValue Value, Unit Unit) : ReadingValue(Code)
{
    /// <summary>Supplemental types (MDC_ATTR_SUPPLEMENTAL_TYPES), ascending by code; empty when there are none.</summary>
    public MdcTerm[] SupplementalTypes { get; init; } = [];

    /// <summary>How long the measured activity lasted; null for a point in time.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>For a mean, the lowest and the highest number that it was made from; null for a number that was measured.</summary>
    public NumericRange? Range { get; init; }
}
