using HomeHub.Profiles;

namespace HomeHub.Fhir.Identity;

/// <summary>
/// The kind of an Observation within its record, which its UUID is made of: the MDC code. Where a record has the same code more than once
/// (oxygen saturation as normal, fast and slow; every RR interval), the second and later ones carry their ordinal in the upper eight bits,
/// which MDC codes don't use. Records are immutable, so the ordinal is as stable as the octets.
/// </summary>
internal static class Kinds
{
    private const int OrdinalShift = 24;

    /// <summary>How many values with the same code come before the one at <paramref name="index"/>.</summary>
    public static int OrdinalOf(ReadingValue[] values, int index)
    {
        uint code = values[index].Code.Code;
        int ordinal = 0;
        for (int i = 0; i < index; i++)
        {
            ordinal += values[i].Code.Code == code ? 1 : 0;
        }

        return ordinal;
    }

    /// <summary>The kind of the value at <paramref name="index"/>.</summary>
    public static uint Of(ReadingValue[] values, int index) =>
        values[index].Code.Code ^ ((uint)OrdinalOf(values, index) << OrdinalShift);
}
