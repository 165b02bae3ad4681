namespace HomeHub.Profiles;

/// <summary>A Compound Numeric: several numbers that only make sense together, such as systolic, diastolic and mean pressure.</summary>
/// <param name="Code">What was measured, as a whole.</param>
/// <param name="Components">The numbers, in the order in which they are reported.</param>
public sealed record CompoundNumericValue(MdcTerm Code, NumericComponent[] Components) : ReadingValue(Code);
