using System.Buffers.Binary;

namespace HomeHub.Profiles.Wire;

/// <summary>
/// A cursor over the octets of one GATT payload, little-endian as all GATT fields are (Core Specification Vol 3 Part G 2.2).
/// It never throws and never reads past the end: the first read that finds too few octets records the field and its offset,
/// and every later read returns zero. A decoder reads straight through and asks <see cref="Failed"/> once.
/// </summary>
public ref struct WireReader
{
    private readonly ReadOnlySpan<byte> _octets;
    private DecodeErrorCode _code;
    private string _field;
    private int _errorOffset;

    /// <summary>Starts at the first octet of <paramref name="octets"/>.</summary>
    public WireReader(ReadOnlySpan<byte> octets)
    {
        _octets = octets;
        _field = "";
    }

    /// <summary>Offset of the next octet to be read, from 0.</summary>
    public int Offset { get; private set; }

    /// <summary>Octets not read yet.</summary>
    public readonly int Remaining => _octets.Length - Offset;

    /// <summary>True once a read found too few octets or <see cref="Reject"/> was called.</summary>
    public readonly bool Failed => _code != DecodeErrorCode.None;

    /// <summary>Unsigned 8 bit.</summary>
    public byte UInt8(string field) => Has(1, field) ? _octets[Offset++] : (byte)0;

    /// <summary>Signed 8 bit.</summary>
    public sbyte Int8(string field) => (sbyte)UInt8(field);

    /// <summary>Unsigned 16 bit.</summary>
    public ushort UInt16(string field)
    {
        if (!Has(2, field))
        {
            return 0;
        }

        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(_octets[Offset..]);
        Offset += 2;
        return value;
    }

    /// <summary>Signed 16 bit.</summary>
    public short Int16(string field) => (short)UInt16(field);

    /// <summary>Unsigned 24 bit.</summary>
    public uint UInt24(string field)
    {
        if (!Has(3, field))
        {
            return 0;
        }

        uint value = _octets[Offset] | ((uint)_octets[Offset + 1] << 8) | ((uint)_octets[Offset + 2] << 16);
        Offset += 3;
        return value;
    }

    /// <summary>Signed 24 bit, two's complement.</summary>
    public int Int24(string field) => (int)(UInt24(field) << 8) >> 8;

    /// <summary>Unsigned 64 bit.</summary>
    public ulong UInt64(string field)
    {
        uint low = UInt32(field);
        return low | ((ulong)UInt32(field) << 32);
    }

    /// <summary>Unsigned 32 bit.</summary>
    public uint UInt32(string field)
    {
        if (!Has(4, field))
        {
            return 0;
        }

        uint value = BinaryPrimitives.ReadUInt32LittleEndian(_octets[Offset..]);
        Offset += 4;
        return value;
    }

    /// <summary>Unsigned 48 bit.</summary>
    public ulong UInt48(string field)
    {
        if (!Has(6, field))
        {
            return 0;
        }

        ulong low = UInt32(field);
        return low | ((ulong)UInt16(field) << 32);
    }

    /// <summary>IEEE 11073-20601 SFLOAT-Type, 16 bit.</summary>
    public MderFloat SFloat(string field) => MderFloat.FromSFloat(UInt16(field));

    /// <summary>IEEE 11073-20601 FLOAT-Type, 32 bit.</summary>
    public MderFloat Float(string field) => MderFloat.FromFloat(UInt32(field));

    /// <summary>
    /// Date Time (GATT Specification Supplement, 0x2A08), 7 octets. A month over 12, day over 31, hour over 23, minute or second over 59
    /// or a year over 9999 can't be a date and rejects the payload; zero year, month or day means unknown and is kept.
    /// </summary>
    public PhdTimestamp DateTime(string field)
    {
        int start = Offset;
        ushort year = UInt16(field);
        byte month = UInt8(field), day = UInt8(field), hour = UInt8(field), minute = UInt8(field), second = UInt8(field);
        if (!Failed && (year > 9999 || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59))
        {
            Reject(DecodeErrorCode.FieldOutOfRange, field, start);
        }

        return Failed ? default : new PhdTimestamp(year, month, day, hour, minute, second);
    }

    /// <summary>The next <paramref name="count"/> octets, or none when there are fewer.</summary>
    public ReadOnlySpan<byte> Octets(int count, string field)
    {
        if (!Has(count, field))
        {
            return default;
        }

        ReadOnlySpan<byte> slice = _octets.Slice(Offset, count);
        Offset += count;
        return slice;
    }

    /// <summary>Rejects the payload for a reason of the decoder's own; the first reason stays.</summary>
    public void Reject(DecodeErrorCode code, string field, int offset)
    {
        if (_code == DecodeErrorCode.None)
        {
            _code = code;
            _field = field;
            _errorOffset = offset;
        }
    }

    /// <summary>Ends the payload: octets that are left over reject it. True when all was read and nothing was rejected.</summary>
    public bool End()
    {
        if (!Failed && Remaining > 0)
        {
            Reject(DecodeErrorCode.TrailingOctets, "end of payload", Offset);
        }

        return !Failed;
    }

    /// <summary>What went wrong, for the characteristic that was being read.</summary>
    public readonly DecodeError Error(BluetoothUuid characteristic) => new(_code, characteristic, _field, _errorOffset);

    private bool Has(int count, string field)
    {
        if (Failed)
        {
            return false;
        }

        if (Remaining >= count)
        {
            return true;
        }

        Reject(DecodeErrorCode.Truncated, field, Offset);
        return false;
    }
}
