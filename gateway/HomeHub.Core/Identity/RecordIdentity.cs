using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HomeHub.Profiles;

namespace HomeHub.Core.Identity;

/// <summary>
/// What makes a record the same record: device, characteristic, the device's stamp and sequence number (else the time of reception) and
/// the octets. The same record sent again by the device, or replayed, has the same identity; another one never does.
/// </summary>
/// <param name="High">First eight bytes of the digest.</param>
/// <param name="Low">Next eight bytes.</param>
public readonly record struct RecordIdentity(ulong High, ulong Low)
{
    /// <summary>Length in bytes.</summary>
    public const int LengthBytes = 16;

    /// <summary>Most bytes that <see cref="WriteUuid"/> writes.</summary>
    public const int MaxUuidBytes = 2 + BluetoothUuid.LengthBytes;

    private const int MaxHeadBytes = 128;

    /// <summary>Identity of a record: the first 16 bytes of a SHA-256 over its parts, each with its length or presence.</summary>
    public static RecordIdentity Of(
        string deviceAddress,
        BluetoothUuid characteristic,
        PhdTimestamp? stamp,
        ushort? sequenceNumber,
        DateTimeOffset receivedAt,
        ReadOnlySpan<byte> octets)
    {
        Span<byte> input = stackalloc byte[MaxHeadBytes + octets.Length];
        int length = WriteHead(input, deviceAddress, characteristic);
        if (stamp is { } s)
        {
            input[length++] = 1;
            BinaryPrimitives.WriteUInt16BigEndian(input[length..], s.Year);
            length += 2;
            input[length++] = s.Month;
            input[length++] = s.Day;
            input[length++] = s.Hour;
            input[length++] = s.Minute;
            input[length++] = s.Second;
            input[length++] = (byte)(s.OffsetQuarters ?? sbyte.MinValue);
        }

        if (sequenceNumber is { } sequence)
        {
            input[length++] = 2;
            BinaryPrimitives.WriteUInt16BigEndian(input[length..], sequence);
            length += 2;
        }

        if (stamp is null && sequenceNumber is null)
        {
            input[length++] = 3;
            BinaryPrimitives.WriteInt64BigEndian(input[length..], receivedAt.UtcTicks);
            length += 8;
        }

        input[length++] = 4;
        return End(input, length, octets);
    }

    /// <summary>
    /// Identity of a record of a device's memory that nothing but its octets tells from another: two with the same octets are one, as they can't be told from one
    /// that is told twice.
    /// </summary>
    public static RecordIdentity OfStored(string deviceAddress, BluetoothUuid characteristic, ReadOnlySpan<byte> octets)
    {
        Span<byte> input = stackalloc byte[MaxHeadBytes + octets.Length];
        int length = WriteHead(input, deviceAddress, characteristic);
        input[length++] = 6;
        return End(input, length, octets);
    }

    /// <summary>
    /// Identity of the same record when it is given to another person: it is another reading then, and what was sent of the first one stays what it was.
    /// </summary>
    public RecordIdentity For(PatientReference patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        byte[] key = Encoding.UTF8.GetBytes(patient.Key);
        var input = new byte[1 + LengthBytes + key.Length];
        input[0] = 5;
        Write(input.AsSpan(1));
        key.CopyTo(input, 1 + LengthBytes);
        return Read(SHA256.HashData(input));
    }

    private static int WriteHead(Span<byte> input, string deviceAddress, BluetoothUuid characteristic)
    {
        int length = Encoding.UTF8.GetBytes(deviceAddress, input[1..64]);
        input[0] = (byte)length++;
        return length + WriteUuid(input[length..], characteristic);
    }

    private static RecordIdentity End(Span<byte> input, int length, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(input[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(length + octets.Length)], hash);
        return Read(hash);
    }

    /// <summary>
    /// Writes a UUID for a digest, and gives the octets written: two for a 16-bit value. A vendor's stands in full behind the value 0, which
    /// nobody may use (Assigned Numbers), so that no two UUIDs look alike, whatever follows them.
    /// </summary>
    public static int WriteUuid(Span<byte> bytes, BluetoothUuid uuid)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, uuid.Short ?? 0);
        if (uuid.Short is not null)
        {
            return 2;
        }

        uuid.Write(bytes[2..]);
        return MaxUuidBytes;
    }

    /// <summary>Reads the 16 bytes that <see cref="Write"/> wrote.</summary>
    public static RecordIdentity Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }
}
