using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>
/// Of a reading, what its conditional-create identifiers have beyond device, patient and stamp: one number of four bytes a value. Values
/// that are never sent claim no identifier.
/// </summary>
internal static class IdentifierCodes
{
    private const int CodeBytes = sizeof(uint);

    /// <summary>The codes; empty when the reading gets no such identifier, for want of a stamp that may identify it.</summary>
    public static byte[] Of(AcquiredReading reading)
    {
        if (reading.Stamp is null || !reading.Effective.StampIdentifies)
        {
            return [];
        }

        ReadingValue[] values = reading.Reading.Values;
        var codes = new byte[values.Length * CodeBytes];
        int length = 0;
        foreach (ReadingValue value in values)
        {
            if (value.Upload != UploadRule.Never)
            {
                // Folded to 32 bits: two different kinds that fall together by chance cost one identifier, nothing else.
                ulong kind = IdentifierKind.Of(value);
                BinaryPrimitives.WriteUInt32LittleEndian(codes.AsSpan(length), (uint)(kind ^ (kind >> 32)));
                length += CodeBytes;
            }
        }

        return length == codes.Length ? codes : codes[..length];
    }

    /// <summary>True when two readings would get a common identifier.</summary>
    public static bool Overlap(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        ReadOnlySpan<uint> known = MemoryMarshal.Cast<byte, uint>(other);
        foreach (uint code in MemoryMarshal.Cast<byte, uint>(one))
        {
            if (known.Contains(code))
            {
                return true;
            }
        }

        return false;
    }
}
