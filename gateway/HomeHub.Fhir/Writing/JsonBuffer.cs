using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HomeHub.Fhir.Writing;

/// <summary>
/// A growing buffer of UTF-8 JSON, written front to back: constant parts are copied, only what changes is formatted. It checks nothing;
/// that what is written is JSON, and FHIR, is the writers' to know and the tests' to show.
/// </summary>
internal sealed class JsonBuffer
{
    private const int InitialBytes = 16 * 1024;

    /// <summary>A buffer that grew beyond this is not kept for the next use.</summary>
    private const int MaxKeptBytes = 1024 * 1024;

    private const int MaxNumberBytes = 40;
    private const int MaxTimeBytes = 32;
    private const int UuidBytes = 36;

    [ThreadStatic]
    private static JsonBuffer? _spare;

    private byte[] _bytes = new byte[InitialBytes];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>An empty buffer, this thread's own when it is free: a callback may well encode something itself.</summary>
    public static JsonBuffer Rent()
    {
        JsonBuffer buffer = _spare ?? new JsonBuffer();
        _spare = null;
        buffer.Clear();
        return buffer;
    }

    /// <summary>Gives the buffer back; what it held is no longer valid.</summary>
    public void Return()
    {
        if (_bytes.Length <= MaxKeptBytes)
        {
            _spare = this;
        }
    }

    public void Clear() => Length = 0;

    /// <summary>Bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        Length += json.Length;
    }

    /// <summary>A text, quoted and escaped. For parts that are written once and kept: it allocates.</summary>
    public void Text(string text)
    {
        Raw("\""u8);
        Raw(Escape(text));
        Raw("\""u8);
    }

    /// <summary>A UUID, lower case with dashes, without quotes.</summary>
    public void Uuid(Guid uuid)
    {
        uuid.TryFormat(Room(UuidBytes), out int written);
        Length += written;
    }

    /// <summary>An integer.</summary>
    public void Number(long number)
    {
        Utf8Formatter.TryFormat(number, Room(MaxNumberBytes), out int written);
        Length += written;
    }

    /// <summary>A number with all its decimals, trailing zeros too; never an exponent, never a negative zero.</summary>
    public void Number(decimal number)
    {
        Span<byte> room = Room(MaxNumberBytes);
        int written = FormatSmall(number, room);
        if (written == 0)
        {
            number.TryFormat(room, out written, default, CultureInfo.InvariantCulture);
        }

        Length += written;
    }

    /// <summary>A FHIR dateTime to the second, with milliseconds only when there are any; always with its offset, <c>+00:00</c> for UTC.</summary>
    public void Time(DateTimeOffset time) => Time(time.DateTime, time.Offset);

    /// <summary>A FHIR dateTime of a local time and its offset from UTC.</summary>
    public void Time(DateTime local, TimeSpan offset)
    {
        Span<byte> room = Room(MaxTimeBytes);
        local.TryFormat(room, out int written, "s", CultureInfo.InvariantCulture);
        int milliseconds = local.Millisecond;
        if (milliseconds != 0)
        {
            room[written++] = (byte)'.';
            room[written++] = (byte)('0' + (milliseconds / 100));
            written = TwoDigits(room, written, milliseconds % 100);
        }

        int minutes = (int)(offset.Ticks / TimeSpan.TicksPerMinute);
        room[written++] = (byte)(minutes < 0 ? '-' : '+');
        minutes = Math.Abs(minutes);
        written = TwoDigits(room, written, minutes / 60);
        room[written++] = (byte)':';
        Length += TwoDigits(room, written, minutes % 60);
    }

    /// <summary>
    /// The inside of a JSON string. Unpaired surrogates become U+FFFD; control characters, which a FHIR string must not hold, are left out.
    /// </summary>
    public static byte[] Escape(string text)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(WithoutControls(text));
        return JsonEncodedText.Encode(utf8, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
    }

    /// <summary>A text that a FHIR string can hold: without control characters.</summary>
    public static string WithoutControls(string text) => text.Any(char.IsControl) ? string.Concat(text.Where(c => !char.IsControl(c))) : text;

    /// <summary>Numbers of up to 64 bits, which are all that devices send in practice; 0 when the number is larger.</summary>
    private static int FormatSmall(decimal number, Span<byte> room)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        if (parts[2] != 0)
        {
            return 0;
        }

        ulong digits = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
        int scale = (parts[3] >> 16) & 0xFF;
        int written = 0;
        if (parts[3] < 0 && digits != 0)
        {
            room[written++] = (byte)'-';
        }

        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(digits, text, out int count);
        int whole = count - scale;
        if (whole > 0)
        {
            text[..whole].CopyTo(room[written..]);
            written += whole;
        }
        else
        {
            room[written++] = (byte)'0';
        }

        if (scale == 0)
        {
            return written;
        }

        room[written++] = (byte)'.';
        for (int zeros = -whole; zeros > 0; zeros--)
        {
            room[written++] = (byte)'0';
        }

        ReadOnlySpan<byte> decimals = text[Math.Max(whole, 0)..count];
        decimals.CopyTo(room[written..]);
        return written + decimals.Length;
    }

    private static int TwoDigits(Span<byte> room, int at, int number)
    {
        room[at] = (byte)('0' + (number / 10));
        room[at + 1] = (byte)('0' + (number % 10));
        return at + 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
}
