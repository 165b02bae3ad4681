using System.Buffers.Binary;
using System.Security.Cryptography;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>A stored record, as far as its transfer is concerned.</summary>
/// <param name="SequenceNumber">Its Sequence Number, 0 to 65535.</param>
/// <param name="OctetsHash">First eight bytes of the SHA-256 over its octets.</param>
public readonly record struct StoredRecord(ushort SequenceNumber, ulong OctetsHash)
{
    private const ushort GlucoseMeasurement = 0x2A18;

    /// <summary>Reads the number of a record; null where the characteristic has none, or the octets are too few.</summary>
    /// <param name="characteristic">16-bit UUID of the characteristic.</param>
    /// <param name="octets">The record: for a glucose measurement flags, then the number (Glucose Service 1.0.1, 3.1.1).</param>
    public static StoredRecord? TryRead(ushort characteristic, ReadOnlySpan<byte> octets)
    {
        if (characteristic != GlucoseMeasurement || octets.Length < 3)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(octets, hash);
        return new StoredRecord(BinaryPrimitives.ReadUInt16LittleEndian(octets[1..]), BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>Whether it is the record that was marked.</summary>
    public bool Is(RecordMark mark) => mark.SequenceNumber == SequenceNumber && mark.OctetsHash == OctetsHash;
}
