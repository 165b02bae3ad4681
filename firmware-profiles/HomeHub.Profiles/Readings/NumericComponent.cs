namespace HomeHub.Profiles;

/// <summary>One number of a Compound Numeric.</summary>
/// <param name="Code">What was measured.</param>
/// <param name="Value">The number or why there is none.</param>
/// <param name="Unit">Unit of the number.</param>
/// <param name="Original">The number as the device sent it, when <paramref name="Value"/> was converted to another unit; else null.</param>
/// <param name="OriginalUnit">Unit of <paramref name="Original"/>.</param>
public readonly record struct NumericComponent(
    MdcTerm Code, MeasuredValue Value, Unit Unit, MeasuredValue? Original = null, Unit? OriginalUnit = null);
