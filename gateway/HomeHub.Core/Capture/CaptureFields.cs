using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Capture;

/// <summary>Reads the fields of one JSON object of a capture line; the first one that can't be read is remembered, and reading goes on.</summary>
internal sealed class CaptureFields(JsonElement element, string path = "", CaptureFields? parent = null)
{
    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    private CaptureError? _error;

    public CaptureError? Error => _error;

    public CaptureFields? Object(string name) =>
        OptionalObject(name) ?? Refuse<CaptureFields?>(name, "An object is expected.", null);

    public CaptureFields? OptionalObject(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? new CaptureFields(value, $"{path}{name}.", this)
            : Refuse<CaptureFields?>(name, "An object is expected.", null);
    }

    public string? OptionalText(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Refuse<string?>(name, "A text is expected.", null);
        }

        string text = value.GetString()!.Trim('\0', ' ');
        return text.Length <= CaptureLine.MaxTextChars
            ? text.Length == 0 ? null : text
            : Refuse<string?>(name, $"At most {CaptureLine.MaxTextChars} characters are expected.", null);
    }

    public BluetoothUuid Uuid(string name)
    {
        string text = Text(name);

        // The lengths are those of the two forms that a capture has; BluetoothUuid reads more.
        if (text.Length is 4 or 36 && BluetoothUuid.TryParse(text, out BluetoothUuid uuid))
        {
            return uuid;
        }

        return Refuse(name, "Four hexadecimal digits are expected, or 128 bits with dashes.", default(BluetoothUuid));
    }

    public byte[] Octets(string name)
    {
        string text = Text(name, allowEmpty: true);
        if (text.Length % 2 != 0 || text.Length > 2 * AcquiredReading.MaxOctets)
        {
            return Refuse<byte[]>(name, $"Hexadecimal digits in pairs are expected, for at most {AcquiredReading.MaxOctets} octets.", []);
        }

        byte[] octets = new byte[text.Length / 2];
        return Convert.FromHexString(text, octets, out _, out _) == System.Buffers.OperationStatus.Done
            ? octets
            : Refuse<byte[]>(name, "Hexadecimal digits are expected.", []);
    }

    public DateTimeOffset Instant(string name)
    {
        string text = Text(name);
        bool hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        return hasOffset && DateTimeOffset.TryParseExact(
            text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant) && instant.Year is > 1900 and < 9999
            ? instant
            : Refuse(name, "A date and time with offset from UTC is expected, such as 2026-11-22T10:00:00+01:00.", default(DateTimeOffset));
    }

    public PhdTimestamp DeviceTime(string name)
    {
        string text = Text(name);
        if (text.Length >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
            && Digits(text.AsSpan(0, 4), out int year) && Digits(text.AsSpan(5, 2), out int month) && Digits(text.AsSpan(8, 2), out int day)
            && Digits(text.AsSpan(11, 2), out int hour) && Digits(text.AsSpan(14, 2), out int minute) && Digits(text.AsSpan(17, 2), out int second)
            && month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59 && TryReadTail(text.AsSpan(19), out sbyte? quarters))
        {
            return new PhdTimestamp((ushort)year, (byte)month, (byte)day, (byte)hour, (byte)minute, (byte)second, quarters);
        }

        return Refuse(name, "The device's date and time is expected, such as 2026-11-22T09:58:30.", default(PhdTimestamp));
    }

    public PatientReference? Patient(string name) =>
        PatientReference.TryParse(Text(name), out PatientReference? patient)
            ? patient
            : Refuse<PatientReference?>(name, "A patient is expected, as Patient/ID or SYSTEM|VALUE.", null);

    public string Address(string name)
    {
        string text = Text(name).ToUpperInvariant();
        bool isAddress = text.Length == 17;
        for (int i = 0; isAddress && i < 17; i++)
        {
            isAddress = i % 3 == 2 ? text[i] == ':' : char.IsAsciiHexDigit(text[i]);
        }

        return isAddress ? text : Refuse(name, "A Bluetooth device address is expected, six pairs of hexadecimal digits.", "00:00:00:00:00:00");
    }

    public AddressType AddressType(string name) => OptionalText(name) switch
    {
        null or "public" => Identity.AddressType.Public,
        "random" => Identity.AddressType.Random,
        _ => Refuse(name, "public or random is expected.", Identity.AddressType.Public),
    };

    public CaptureOperation Operation(string name) =>
        CaptureOperations.TryRead(OptionalText(name), out CaptureOperation operation)
            ? operation
            : Refuse(name, "read, notified, written or answered is expected.", CaptureOperation.None);

    /// <summary>The eight octets of 2A23 as read, least significant first; a dummy counts as absent.</summary>
    public string? SystemId(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        byte[] octets = new byte[8];
        return text.Length == 16 && Convert.FromHexString(text, octets, out _, out _) == System.Buffers.OperationStatus.Done
            ? ProfileRegistry.Decode(0x2A23, octets, SessionContext.Empty).Device?.SystemId
            : Refuse<string?>(name, "Sixteen hexadecimal digits are expected, the octets of System ID as read.", null);
    }

    private string Text(string name, bool allowEmpty = false)
    {
        if (TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.String)
        {
            string text = value.GetString()!;
            if (text.Length > 0 || allowEmpty)
            {
                return text;
            }
        }

        return Refuse(name, "A text is expected.", "");
    }

    private bool TryGet(string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T Refuse<T>(string name, string expected, T instead)
    {
        Note(DecodeErrorCode.InvalidLine, name, expected);
        return instead;
    }

    private void Note(DecodeErrorCode code, string name, string expected)
    {
        _error ??= new CaptureError(code, path + name, expected);
        parent?.NoteOfChild(_error.Value);
    }

    private void NoteOfChild(CaptureError error) => _error ??= error;

    private static bool Digits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>What may follow the seconds: a fraction, which is dropped, and an offset.</summary>
    private static bool TryReadTail(ReadOnlySpan<char> tail, out sbyte? quarters)
    {
        quarters = null;
        if (tail.Length > 0 && tail[0] == '.')
        {
            tail = tail[1..].TrimStart("0123456789");
        }

        if (tail.Length == 0 || tail is "Z")
        {
            quarters = tail.Length == 0 ? null : (sbyte)0;
            return true;
        }

        if (tail.Length != 6 || tail[0] is not ('+' or '-') || tail[3] != ':' || !Digits(tail[1..3], out int hours) || !Digits(tail[4..], out int minutes)
            || hours > 14 || minutes > 59)
        {
            return false;
        }

        int total = ((hours * 60) + minutes) / 15;
        quarters = (sbyte)(tail[0] == '-' ? -total : total);
        return true;
    }
}
