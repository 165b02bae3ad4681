using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ViatomOximeter;

/// <summary>
/// A frame of Viatom's rings and wrist oximeters: 0xAA (request) or 0x55 (answer), command or status and its complement, block and length of the data (both
/// uint16, little-endian), data, CRC-8. Sources in the README.
/// </summary>
public static class ViatomFrame
{
    /// <summary>Longest frame that is taken, in octets: what fits into a record. An answer with what the ring measures now has 21.</summary>
    public const int MaxOctets = 512;

    /// <summary>Command: what the ring measures now.</summary>
    public const byte ReadSensors = 0x17;

    /// <summary>Octets before the data.</summary>
    public const int HeaderOctets = 7;

    /// <summary>Octets around the data.</summary>
    public const int OverheadOctets = HeaderOctets + 1;

    private const byte RequestSync = 0xAA, AnswerSync = 0x55;

    /// <summary>A request without data.</summary>
    public static byte[] Request(byte command)
    {
        byte[] frame = new byte[OverheadOctets];
        frame[0] = RequestSync;
        frame[1] = command;
        frame[2] = (byte)~command;
        frame[^1] = Crc8.Ccitt(frame.AsSpan(0, HeaderOctets));
        return frame;
    }

    /// <summary>Where an answer starts in the stream; for <see cref="FrameReader"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> octets)
    {
        if (octets[0] != AnswerSync || (octets.Length > 2 && octets[1] != (byte)~octets[2]))
        {
            return -1;
        }

        return octets.Length < HeaderOctets ? 0 : OverheadOctets + BinaryPrimitives.ReadUInt16LittleEndian(octets[5..]);
    }

    /// <summary>Reads an answer's data; the reader has an error when it is cut short, out of step, no success, or its CRC is wrong.</summary>
    internal static ReadOnlySpan<byte> Open(ref WireReader reader, ReadOnlySpan<byte> octets)
    {
        byte sync = reader.UInt8("Sync"), status = reader.UInt8("Status"), complement = reader.UInt8("Status complement");
        _ = reader.UInt16("Block");
        int length = reader.UInt16("Length");
        ReadOnlySpan<byte> data = reader.Octets(length, "Data");
        int crcOffset = reader.Offset;
        byte crc = reader.UInt8("CRC");
        if (!reader.End())
        {
            return default;
        }

        if (crc != Crc8.Ccitt(octets[..crcOffset]))
        {
            reader.Reject(DecodeErrorCode.CrcMismatch, "CRC", crcOffset);
        }
        else if (sync != AnswerSync || status != 0 || complement != 0xFF)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, sync != AnswerSync ? "Sync" : "Status", sync != AnswerSync ? 0 : 1);
        }

        return data;
    }
}
