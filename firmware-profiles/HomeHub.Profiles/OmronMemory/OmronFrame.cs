using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.OmronMemory;

/// <summary>
/// A frame of the memory protocol: length of the whole, type (uint16), address (uint16), length of the data, data, a zero, and an octet that makes the exclusive or of
/// all of them zero. Big-endian. There is no request here that writes to the memory: it holds the calibration of the pressure sensor.
/// </summary>
public static class OmronFrame
{
    /// <summary>Octets around the data.</summary>
    public const int OverheadOctets = 8;

    /// <summary>Octets before the data.</summary>
    public const int HeaderOctets = 6;

    /// <summary>Longest frame, in octets: four channels of <see cref="ChannelOctets"/>.</summary>
    public const int MaxOctets = 4 * ChannelOctets;

    /// <summary>Octets that a channel carries of a frame.</summary>
    public const int ChannelOctets = 16;

    /// <summary>Type of the answer to <see cref="Start"/>.</summary>
    public const ushort Started = 0x8000;

    /// <summary>Type of the answer to <see cref="Read"/>.</summary>
    public const ushort Told = 0x8100;

    /// <summary>Type of the answer to <see cref="End"/>, and of a refusal; the octet after the header is 0 or the code of an error.</summary>
    public const ushort Ended = 0x8F00;

    private const ushort StartType = 0x0000, ReadType = 0x0100, EndType = 0x0F00;
    private const byte StartSize = 0x10;

    /// <summary>Request: begin to read.</summary>
    public static byte[] Start() => Request(StartType, 0, StartSize);

    /// <summary>Request: octets from an address.</summary>
    public static byte[] Read(ushort address, byte octets) => Request(ReadType, address, octets);

    /// <summary>Request: end of reading.</summary>
    public static byte[] End() => Request(EndType, 0, 0);

    /// <summary>Type of a frame that was opened; 0 for a frame that is too short to have one.</summary>
    public static ushort TypeOf(ReadOnlySpan<byte> frame) => frame.Length < OverheadOctets ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);

    /// <summary>Address of a frame that was opened; 0 for a frame that is too short to have one.</summary>
    public static ushort AddressOf(ReadOnlySpan<byte> frame) => frame.Length < OverheadOctets ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);

    /// <summary>True for a frame that is as long as it says and whose exclusive or is zero.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> frame) => frame.Length >= OverheadOctets && frame[0] == frame.Length && Parity(frame) == 0;

    /// <summary>Reads an answer with data; the reader has an error when it is cut short, of another type, or its check octet is wrong.</summary>
    internal static ReadOnlySpan<byte> Open(ref WireReader reader, ReadOnlySpan<byte> octets, out ushort address)
    {
        byte length = reader.UInt8("Length");
        ushort type = BinaryPrimitives.ReverseEndianness(reader.UInt16("Type"));
        address = BinaryPrimitives.ReverseEndianness(reader.UInt16("Address"));
        byte count = reader.UInt8("Data length");
        ReadOnlySpan<byte> data = reader.Octets(count, "Data");
        _ = reader.UInt8("Check");
        _ = reader.UInt8("Check");
        if (reader.End())
        {
            if (Parity(octets) != 0)
            {
                reader.Reject(DecodeErrorCode.CrcMismatch, "Check", octets.Length - 1);
            }
            else if (length != octets.Length)
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "Length", 0);
            }
            else if (type != Told)
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "Type", 1);
            }
        }

        return data;
    }

    private static byte[] Request(ushort type, ushort address, byte size)
    {
        byte[] frame = new byte[OverheadOctets];
        frame[0] = OverheadOctets;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), type);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), address);
        frame[5] = size;
        frame[7] = Parity(frame);
        return frame;
    }

    private static byte Parity(ReadOnlySpan<byte> octets)
    {
        byte parity = 0;
        foreach (byte octet in octets)
        {
            parity ^= octet;
        }

        return parity;
    }
}
