using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ViatomOximeter;

/// <summary>The answer to <see cref="ViatomFrame.ReadSensors"/>: 13 octets of data. Octets that the sources disagree on are passed over.</summary>
/// <param name="IsWorn">There is a finger in the ring.</param>
/// <param name="Saturation">SpO2 in per cent, at most 100; null for 255 and 0, by which the ring says that it has none.</param>
/// <param name="PulseRate">In beats a minute; null for 65535 and 0.</param>
/// <param name="Battery">Battery level in per cent, as received.</param>
/// <param name="Movement">How much the ring moves, as received; no unit is known.</param>
public readonly record struct ViatomLiveReading(bool IsWorn, int? Saturation, int? PulseRate, byte Battery, byte Movement)
{
    private const byte NoSaturation = 0xFF;
    private const ushort NoPulseRate = 0xFFFF;

    /// <summary>Reads one frame; false with field and offset when it is none, or its CRC is wrong, or it tells a saturation over 100 %.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out ViatomLiveReading reading, out DecodeError error)
    {
        var frame = new WireReader(octets);
        ReadOnlySpan<byte> data = ViatomFrame.Open(ref frame, octets);
        if (frame.Failed)
        {
            reading = default;
            error = frame.Error(ViatomOximeterProfile.AnswerUuid);
            return false;
        }

        var reader = new WireReader(data);
        byte saturation = reader.UInt8("SpO2");
        ushort pulse = reader.UInt16("Pulse Rate");
        _ = reader.UInt32("Data");
        byte battery = reader.UInt8("Battery");
        _ = reader.UInt8("Charging");
        byte movement = reader.UInt8("Movement");
        _ = reader.UInt8("Signal");
        byte worn = reader.UInt8("Worn");
        _ = reader.UInt8("Data");
        if (reader.End() && saturation is > 100 and not NoSaturation)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "SpO2", 0);
        }

        reading = new ViatomLiveReading(
            worn != 0, saturation is 0 or NoSaturation ? null : saturation, pulse is 0 or NoPulseRate ? null : pulse, battery, movement);
        DecodeError within = reader.Error(ViatomOximeterProfile.AnswerUuid);
        error = reader.Failed ? within with { Offset = within.Offset + ViatomFrame.HeaderOctets } : default;
        return !reader.Failed;
    }
}
