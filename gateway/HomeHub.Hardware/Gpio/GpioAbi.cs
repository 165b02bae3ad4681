using System.Buffers.Binary;
using System.Text;
using HomeHub.Core.Board;

namespace HomeHub.Hardware.Gpio;

/// <summary>The GPIO character device's second interface, as linux/gpio.h lays it out: numbers of ioctl requests, and structures as octets. The same on every 64-bit and little-endian machine.</summary>
internal static class GpioAbi
{
    /// <summary>GPIO_GET_CHIPINFO_IOCTL, GPIO_V2_GET_LINEINFO_IOCTL, GPIO_V2_GET_LINE_IOCTL, GPIO_V2_LINE_GET_VALUES_IOCTL, GPIO_V2_LINE_SET_VALUES_IOCTL.</summary>
    public const uint GetChip = 0x8044B401, GetLineInfo = 0xC100B405, GetLine = 0xC250B407, GetValues = 0xC010B40E, SetValues = 0xC010B40F;

    /// <summary>Length of gpiochip_info, gpio_v2_line_info, gpio_v2_line_request, gpio_v2_line_values, gpio_v2_line_event.</summary>
    public const int ChipBytes = 68, LineInfoBytes = 256, RequestBytes = 592, ValuesBytes = 16, EventBytes = 48;

    /// <summary>Longest name of a line or a user, GPIO_MAX_NAME_SIZE.</summary>
    public const int NameBytes = 32;

    /// <summary>gpio_v2_line_flag.</summary>
    public const ulong Used = 1, ActiveLow = 1 << 1, Input = 1 << 2, Output = 1 << 3, EdgeRising = 1 << 4, EdgeFalling = 1 << 5, PullUp = 1 << 8, PullDown = 1 << 9;

    /// <summary>GPIO_V2_LINE_EVENT_RISING_EDGE, GPIO_V2_LINE_EVENT_FALLING_EDGE.</summary>
    public const uint Rising = 1, Falling = 2;

    private const uint OutputValues = 2, Debounce = 3;

    // Offsets in gpio_v2_line_request: offsets[64], consumer, config { flags, num_attrs, padding, attrs[10] }, num_lines, event_buffer_size, padding, fd.
    private const int ConsumerAt = 256, FlagsAt = 288, AttributeCountAt = 296, AttributesAt = 320, AttributeBytes = 24, LineCountAt = 560, DescriptorAt = 588;

    /// <summary>Lines of a chip.</summary>
    public static int ReadLineCount(ReadOnlySpan<byte> chip) => BinaryPrimitives.ReadInt32LittleEndian(chip[64..]);

    /// <summary>Name, user and flags of a line.</summary>
    public static (string Name, string User, ulong Flags) ReadLineInfo(ReadOnlySpan<byte> info) =>
        (ReadName(info), ReadName(info[NameBytes..]), BinaryPrimitives.ReadUInt64LittleEndian(info[72..]));

    /// <summary>Asks for one line.</summary>
    /// <param name="request">Zeroed, <see cref="RequestBytes"/> long.</param>
    /// <param name="offset">The line's.</param>
    /// <param name="flags">What is wanted of it.</param>
    /// <param name="isOn">The value that an output begins with; null for an input.</param>
    /// <param name="debounce">How long the kernel waits for contacts to settle; null: not at all.</param>
    /// <param name="user">Who asks, as others see it.</param>
    public static void WriteRequest(Span<byte> request, int offset, ulong flags, bool? isOn, TimeSpan? debounce, string user)
    {
        BinaryPrimitives.WriteInt32LittleEndian(request, offset);
        Encoding.ASCII.GetBytes(user, request.Slice(ConsumerAt, NameBytes - 1));
        BinaryPrimitives.WriteUInt64LittleEndian(request[FlagsAt..], flags);
        int count = 0;
        if (isOn is { } value)
        {
            WriteAttribute(request, count++, OutputValues, value ? 1UL : 0);
        }

        if (debounce is { } period)
        {
            WriteAttribute(request, count++, Debounce, (uint)period.TotalMicroseconds);
        }

        BinaryPrimitives.WriteInt32LittleEndian(request[AttributeCountAt..], count);
        BinaryPrimitives.WriteInt32LittleEndian(request[LineCountAt..], 1);
    }

    /// <summary>The descriptor of a line that was granted.</summary>
    public static int ReadDescriptor(ReadOnlySpan<byte> request) => BinaryPrimitives.ReadInt32LittleEndian(request[DescriptorAt..]);

    /// <summary>The value of the one line.</summary>
    public static void WriteValue(Span<byte> values, bool isOn)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(values, isOn ? 1UL : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(values[8..], 1);
    }

    /// <summary>The value of the one line.</summary>
    public static bool ReadValue(ReadOnlySpan<byte> values) => (BinaryPrimitives.ReadUInt64LittleEndian(values) & 1) != 0;

    /// <summary>When an edge was, by the monotonic clock, and which one.</summary>
    public static (TimeSpan At, uint Kind) ReadEvent(ReadOnlySpan<byte> edge) =>
        (TimeSpan.FromTicks((long)(BinaryPrimitives.ReadUInt64LittleEndian(edge) / TimeSpan.NanosecondsPerTick)), BinaryPrimitives.ReadUInt32LittleEndian(edge[8..]));

    /// <summary>What a place asks of a line beside its direction.</summary>
    public static ulong FlagsOf(BoardPlace place) =>
        (place.IsActiveLow ? ActiveLow : 0) | (place.Bias == BoardBias.PullUp ? PullUp : place.Bias == BoardBias.PullDown ? PullDown : 0);

    private static void WriteAttribute(Span<byte> request, int index, uint id, ulong value)
    {
        Span<byte> attribute = request.Slice(AttributesAt + (index * AttributeBytes), AttributeBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(attribute, id);
        BinaryPrimitives.WriteUInt64LittleEndian(attribute[8..], value);
        BinaryPrimitives.WriteUInt64LittleEndian(attribute[16..], 1);
    }

    private static string ReadName(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> whole = name[..NameBytes];
        int end = whole.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? whole : whole[..end]);
    }
}
