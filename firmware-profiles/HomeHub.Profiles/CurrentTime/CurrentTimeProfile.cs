using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.CurrentTime;

/// <summary>Current Time Service 1.1 (0x1805), and Date Time (0x2A08), which devices put into other services as their clock.</summary>
public static class CurrentTimeProfile
{
    /// <summary>Date Time.</summary>
    public const ushort DateTimeUuid = 0x2A08;

    /// <summary>Local Time Information.</summary>
    public const ushort LocalTimeUuid = 0x2A0F;

    /// <summary>Current Time.</summary>
    public const ushort CurrentTimeUuid = 0x2A2B;

    /// <summary>The profile. It says nothing about what the device measures.</summary>
    public static readonly GattProfile Profile = new(
        0x1805,
        "Current Time",
        null,
        [
            new CharacteristicDecoder(DateTimeUuid, "Date Time", DecodeDateTime),
            new CharacteristicDecoder(LocalTimeUuid, "Local Time Information", DecodeLocalTime),
            new CharacteristicDecoder(CurrentTimeUuid, "Current Time", DecodeCurrentTime),
        ]);

    private static DecodeResult DecodeCurrentTime(ReadOnlySpan<byte> octets, SessionContext context) =>
        CurrentTimeReport.TryDecode(octets, out CurrentTimeReport report, out DecodeError error)
            ? new DecodeResult { Clock = report.Time }
            : DecodeResult.Rejected(error);

    /// <summary>Date Time (GATT Specification Supplement): seven octets; real devices put it into the service of their measurement.</summary>
    private static DecodeResult DecodeDateTime(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        PhdTimestamp clock = reader.DateTime("Date Time");
        return reader.End() ? new DecodeResult { Clock = clock } : DecodeResult.Rejected(reader.Error(DateTimeUuid));
    }

    /// <summary>Recognised and checked; a clock read from the device is told in the gateway's zone, so nothing comes of it.</summary>
    private static DecodeResult DecodeLocalTime(ReadOnlySpan<byte> octets, SessionContext context) =>
        LocalTimeInformation.TryDecode(octets, out _, out DecodeError error) ? default : DecodeResult.Rejected(error);
}
