namespace HomeHub.Profiles;

/// <summary>A Coded value: a term as the answer, such as the meal that a glucose measurement belongs to.</summary>
/// <param name="Code">What was asked.</param>
/// <param name="Value">The answer.</param>
public sealed record CodedValue(MdcTerm Code, MdcTerm Value) : ReadingValue(Code);
