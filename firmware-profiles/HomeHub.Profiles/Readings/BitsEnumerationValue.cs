namespace HomeHub.Profiles;

/// <summary>A Bits Enumeration: events (reported when they occur) and states (reported either way) of one status field.</summary>
/// <param name="Code">The status field.</param>
/// <param name="Bits">The bits to report, at least one, ascending.</param>
public sealed record BitsEnumerationValue(MdcTerm Code, BitState[] Bits) : ReadingValue(Code);
