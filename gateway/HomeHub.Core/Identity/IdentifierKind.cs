using HomeHub.Profiles;

namespace HomeHub.Core.Identity;

/// <summary>The part of a conditional-create identifier that tells the values of one record apart: code, duration and supplemental types.</summary>
public static class IdentifierKind
{
    private const ulong Mixed = 1UL << 63;
    private const ulong Prime = 0x100000001B3;

    /// <summary>A number that is equal for two values when their identifiers are equal for the same device, patient and stamp: the MDC code itself, or a hash.</summary>
    public static ulong Of(ReadingValue value)
    {
        ulong kind = value.Code.Code;
        if (value is not NumericValue { } numeric || (numeric.Duration is null && numeric.SupplementalTypes.Length == 0))
        {
            return kind;
        }

        kind = (kind * Prime) ^ (ulong)(numeric.Duration is { } duration ? duration.Ticks / TimeSpan.TicksPerSecond : -1);
        foreach (MdcTerm term in numeric.SupplementalTypes)
        {
            kind = (kind * Prime) ^ term.Code;
        }

        return kind | Mixed;
    }
}
