namespace HomeHub.Profiles;

/// <summary>A term of IEEE 11073-10101.</summary>
/// <param name="Code">Full 32-bit code (partition × 65536 + term).</param>
/// <param name="RefId">Reference identifier, <c>MDC_…</c>; empty when none is known.</param>
public readonly record struct MdcTerm(uint Code, string RefId);
