using System.Buffers.Binary;

namespace HomeHub.Hardware.Inputs;

/// <summary>The event interface of input devices, as linux/input.h lays it out.</summary>
internal static class InputAbi
{
    /// <summary>EV_SYN, EV_KEY, EV_SND; SYN_DROPPED; SND_TONE of linux/input-event-codes.h.</summary>
    public const ushort Syn = 0, Key = 1, Snd = 0x12, Dropped = 3, Tone = 2;

    /// <summary>EVIOCSCLOCKID, and the clock that it is told.</summary>
    public const uint SetClock = 0x400445A0, Monotonic = 1;

    /// <summary>Longest name of a device that is read, in octets; length of the bits of all keys.</summary>
    public const int NameBytes = 128, KeyBytes = 0x300 / 8, SoundBytes = 8;

    /// <summary>Length of struct input_event: two numbers of the machine's word, then type, code and value.</summary>
    public static readonly int EventBytes = (2 * IntPtr.Size) + 8;

    /// <summary>EVIOCGNAME.</summary>
    public static uint GetName => Request(0x06, NameBytes);

    /// <summary>EVIOCGKEY: which keys are down.</summary>
    public static uint GetKeys => Request(0x18, KeyBytes);

    /// <summary>EVIOCGBIT: which codes of a type the device has.</summary>
    public static uint GetCodes(ushort type, int bytes) => Request(0x20 + (uint)type, bytes);

    /// <summary>Time, type, code and value of an event.</summary>
    public static (TimeSpan At, ushort Type, ushort Code, int Value) ReadEvent(ReadOnlySpan<byte> record)
    {
        int word = IntPtr.Size;
        return (TimeSpan.FromSeconds(ReadWord(record)) + TimeSpan.FromMicroseconds(ReadWord(record[word..])), BinaryPrimitives.ReadUInt16LittleEndian(record[(2 * word)..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[((2 * word) + 2)..]), BinaryPrimitives.ReadInt32LittleEndian(record[((2 * word) + 4)..]));
    }

    /// <summary>An event to be written: its time is of no account.</summary>
    public static void WriteEvent(Span<byte> record, ushort type, ushort code, int value)
    {
        record.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(record[(2 * IntPtr.Size)..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(record[((2 * IntPtr.Size) + 2)..], code);
        BinaryPrimitives.WriteInt32LittleEndian(record[((2 * IntPtr.Size) + 4)..], value);
    }

    /// <summary>Whether a bit is set.</summary>
    public static bool Has(ReadOnlySpan<byte> bits, int code) => code / 8 < bits.Length && (bits[code / 8] & (1 << (code % 8))) != 0;

    /// <summary>_IOC(_IOC_READ, 'E', number, bytes).</summary>
    private static uint Request(uint number, int bytes) => 0x80004500 | number | ((uint)bytes << 16);

    private static long ReadWord(ReadOnlySpan<byte> from) => IntPtr.Size == 8 ? BinaryPrimitives.ReadInt64LittleEndian(from) : BinaryPrimitives.ReadUInt32LittleEndian(from);
}
