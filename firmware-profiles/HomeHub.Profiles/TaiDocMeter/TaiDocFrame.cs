using System.Buffers.Binary;

namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>
/// A frame of TaiDoc's protocol: 51, command, four octets, A3 (request) or A5 (answer), and the sum of all before it. The commands that clear the memory (52) and set the clock
/// (33) are not here.
/// </summary>
public static class TaiDocFrame
{
    /// <summary>Octets in a frame.</summary>
    public const int Octets = 8;

    /// <summary>Command: the model, a number in binary coded decimals.</summary>
    public const byte Model = 0x24;

    /// <summary>Command: when a record was taken.</summary>
    public const byte RecordTime = 0x25;

    /// <summary>Command: what a record holds.</summary>
    public const byte RecordValue = 0x26;

    /// <summary>Command: how many records there are.</summary>
    public const byte RecordCount = 0x2B;

    private const byte Start = 0x51, RequestEnd = 0xA3, AnswerEnd = 0xA5;
    private const int EndOffset = 6, SumOffset = 7;

    /// <summary>A request.</summary>
    /// <param name="command">What is asked for.</param>
    /// <param name="index">Number of the record, the newest is 0.</param>
    /// <param name="user">User of the meter; 0 where it has none.</param>
    public static byte[] Request(byte command, ushort index = 0, byte user = 0)
    {
        byte[] frame = [Start, command, 0, 0, 0, user, RequestEnd, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2), index);
        frame[SumOffset] = SumOf(frame);
        return frame;
    }

    /// <summary>Where an answer starts in what is notified; for <see cref="Wire.FrameReader"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> octets) => octets[0] == Start ? Octets : -1;

    /// <summary>What is wrong with an answer to <paramref name="command"/>: the field and its offset; null for one that is whole.</summary>
    public static (DecodeErrorCode Code, string Field, int Offset)? FaultOf(ReadOnlySpan<byte> frame, byte command) =>
        frame.Length != Octets ? (DecodeErrorCode.Truncated, "Frame", 0)
        : frame[SumOffset] != SumOf(frame) ? (DecodeErrorCode.CrcMismatch, "Checksum", SumOffset)
        : frame[0] != Start ? (DecodeErrorCode.FieldOutOfRange, "Start", 0)
        : frame[1] != command ? (DecodeErrorCode.FieldOutOfRange, "Command", 1)
        : frame[EndOffset] != AnswerEnd ? (DecodeErrorCode.FieldOutOfRange, "End", EndOffset)
        : null;

    /// <summary>The first two octets of an answer's data, little-endian.</summary>
    public static ushort NumberOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);

    private static byte SumOf(ReadOnlySpan<byte> frame)
    {
        int sum = 0;
        foreach (byte octet in frame[..SumOffset])
        {
            sum += octet;
        }

        return (byte)sum;
    }
}
