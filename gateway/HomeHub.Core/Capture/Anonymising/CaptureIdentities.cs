using System.Globalization;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.DeviceInformationService;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>Who is in a capture, and what stands for each in the anonymised one: the same for the same throughout the capture.</summary>
internal sealed class CaptureIdentities
{
    /// <summary>Shortest text that is looked for inside of other values: a serial number of one digit is in everything.</summary>
    private const int MinSoughtOctets = 4;

    /// <summary>The locally administered bit (IEEE 802): no manufacturer gives such an address or system id.</summary>
    private const int LocallyAdministered = 0x02;

    private readonly Dictionary<string, string> _addresses = [], _systemIds = [], _serials = [], _sessions = [];
    private readonly Dictionary<PatientReference, PatientReference> _patients = [];
    private readonly HashSet<string> _sought = [];

    /// <summary>Notes who is in a payload.</summary>
    public void Note(DevicePayload payload)
    {
        DeviceInformation information = payload.Device.Information;
        if (ProfileRegistry.Decode(payload.Payload.Characteristic, payload.Payload.Octets.Span, SessionContext.Empty).Device is { } told)
        {
            information = information.With(told);
            NoteText(information.Serial);
            NoteHex(information.SystemId);
        }

        NoteText(payload.Device.Information.Serial);
        NoteHex(payload.Device.Information.SystemId);
        NoteText(payload.Device.Address);
        NoteHex(payload.Device.Address.Replace(":", "", StringComparison.Ordinal));
    }

    /// <summary>What stands for a patient.</summary>
    public PatientReference Of(PatientReference patient) => For(_patients, patient, number => new PatientReference($"Patient/p{number}"));

    /// <summary>What stands for a connection: its name holds a tag of the device.</summary>
    public string? OfSession(string? session) => session is null ? null : For(_sessions, session, number => $"s{number}");

    /// <summary>What stands for a serial number.</summary>
    public string? OfSerial(string? serial) => serial is null ? null : For(_serials, serial, number => $"SN{number:D6}");

    /// <summary>What stands for a system id, 16 hex digits.</summary>
    public string? OfSystemId(string? systemId) =>
        systemId is null ? null : For(_systemIds, systemId, number => string.Create(CultureInfo.InvariantCulture, $"020000FFFE{number:X6}"));

    /// <summary>What stands for an address: of the same kind, with the two top bits that say of a random one whether it is static.</summary>
    public string OfAddress(string address, AddressType type)
    {
        int kind = type == AddressType.Random ? Convert.ToInt32(address[..2], 16) & 0xC0 : 0;
        return For(_addresses, address, number => string.Create(
            CultureInfo.InvariantCulture, $"{kind | LocallyAdministered:X2}:00:00:{(number >> 16) & 0xFF:X2}:{(number >> 8) & 0xFF:X2}:{number & 0xFF:X2}"));
    }

    /// <summary>Whether octets hold an address, a system id or a serial number, as numbers in either order or as text.</summary>
    public bool AreIn(ReadOnlySpan<byte> octets)
    {
        // Latin-1 keeps every octet a character, so that one search finds texts and numbers.
        string text = Encoding.Latin1.GetString(octets);
        return _sought.Any(sought => text.Contains(sought, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a text holds one.</summary>
    public bool AreIn(string? text) => text is not null && AreIn(Encoding.UTF8.GetBytes(text));

    private static TValue For<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<int, TValue> make)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out TValue? value))
        {
            known[key] = value = make(known.Count + 1);
        }

        return value;
    }

    private void NoteText(string? text)
    {
        if (text is not null && Encoding.UTF8.GetByteCount(text) >= MinSoughtOctets)
        {
            _sought.Add(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));
        }
    }

    private void NoteHex(string? hex)
    {
        if (hex is not null)
        {
            byte[] octets = Convert.FromHexString(hex);
            _sought.Add(hex);
            _sought.Add(Encoding.Latin1.GetString(octets));
            Array.Reverse(octets);
            _sought.Add(Convert.ToHexString(octets));
            _sought.Add(Encoding.Latin1.GetString(octets));
        }
    }
}
