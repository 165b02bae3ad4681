using System.Buffers.Binary;
using System.Text;

namespace HomeHub.Lab;

/// <summary>An input device with a key, a light and a tone, by the kernel's uinput: the light is one of the LED class by the kernel's input-leds, its triggers are the kernel's own.</summary>
internal sealed class InputPanel : IDisposable
{
    /// <summary>Name of the hub's button.</summary>
    public const string Name = "homehub-button";

    /// <summary>KEY_PROG1.</summary>
    public const ushort Key = 148;

    // linux/uinput.h, linux/input-event-codes.h.
    private const uint SetEvent = 0x40045564, SetKey = 0x40045565, SetLed = 0x40045569, SetSound = 0x4004556A, SetUp = 0x405C5503, Create = 0x5501;
    private const ushort EvSyn = 0, EvKey = 1, EvLed = 0x11, EvSnd = 0x12, CapsLock = 1, Tone = 2;
    private const int EventBytes = 24, SetUpBytes = 92, NameAt = 8;

    private readonly int _descriptor = Devices.Open("/dev/uinput", Devices.ReadWrite);
    private volatile bool _isEnding;

    /// <summary>Plugs it in.</summary>
    /// <param name="name">Name of the device.</param>
    public unsafe InputPanel(string name = Name)
    {
        foreach (ushort kind in (ushort[])[EvKey, EvLed, EvSnd])
        {
            Devices.Control(_descriptor, SetEvent, kind);
        }

        Devices.Control(_descriptor, SetKey, Key);
        Devices.Control(_descriptor, SetLed, CapsLock);
        Devices.Control(_descriptor, SetSound, Tone);
        byte[] setUp = new byte[SetUpBytes];
        setUp[0] = 0x19; // BUS_HOST
        Encoding.ASCII.GetBytes(name, setUp.AsSpan(NameAt));
        fixed (byte* first = setUp)
        {
            Devices.Control(_descriptor, SetUp, (nint)first);
        }

        Devices.Control(_descriptor, Create, 0);
        new Thread(Watch) { IsBackground = true }.Start();
    }

    /// <summary>The light.</summary>
    public TimedLevel Light { get; } = new();

    /// <summary>The tone.</summary>
    public TimedLevel Sound { get; } = new();

    /// <summary>Name of the light in the LED class; null: not there yet.</summary>
    public static string? FindLed(string name = Name) => Directory.GetDirectories("/sys/class/leds", "*::capslock")
        .FirstOrDefault(led => File.ReadAllText(Path.Combine(led, "device/name")).Trim() == name) is { } found ? Path.GetFileName(found) : null;

    /// <summary>The finger.</summary>
    public void Press(bool isPressed)
    {
        Write(EvKey, Key, isPressed ? 1 : 0);
        Write(EvSyn, 0, 0);
    }

    public void Dispose()
    {
        _isEnding = true;
        Devices.Close(_descriptor);
    }

    private void Write(ushort kind, ushort code, int value)
    {
        Span<byte> record = stackalloc byte[EventBytes];
        record.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(record[16..], kind);
        BinaryPrimitives.WriteUInt16LittleEndian(record[18..], code);
        BinaryPrimitives.WriteInt32LittleEndian(record[20..], value);
        Devices.Write(_descriptor, record);
    }

    private void Watch()
    {
        byte[] record = new byte[EventBytes];
        while (!_isEnding && Devices.Read(_descriptor, record) == EventBytes)
        {
            ushort kind = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(16)), code = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(18));
            bool isOn = BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(20)) != 0;
            if ((kind, code) == (EvLed, CapsLock))
            {
                Light.Set(isOn);
            }
            else if ((kind, code) == (EvSnd, Tone))
            {
                Sound.Set(isOn);
            }
        }
    }
}
