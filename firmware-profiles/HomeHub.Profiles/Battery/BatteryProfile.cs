using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Battery;

/// <summary>Battery Service 1.0 (0x180F).</summary>
public static class BatteryProfile
{
    /// <summary>Battery Level.</summary>
    public const ushort LevelUuid = 0x2A19;

    /// <summary>Highest level that the specification allows, in per cent.</summary>
    public const byte MaxLevelPercent = 100;

    /// <summary>The profile. It says nothing about what the device measures.</summary>
    public static readonly GattProfile Profile = new(
        0x180F,
        "Battery",
        null,
        [
            new CharacteristicDecoder(LevelUuid, "Battery Level", DecodeLevel),
        ]);

    /// <summary>Battery Level (3.1): 0 to 100 %, others reserved.</summary>
    private static DecodeResult DecodeLevel(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        byte level = reader.UInt8("Battery Level");
        if (reader.End() && level > MaxLevelPercent)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Battery Level", 0);
        }

        return reader.Failed ? DecodeResult.Rejected(reader.Error(LevelUuid)) : DecodeResult.Of(BatteryReadings.From(level));
    }
}
