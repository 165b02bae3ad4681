using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BerryMedOximeter;

/// <summary>
/// One frame of the BCI protocol (Berry, "BCI Protocol v1.2"): five octets, a hundred times a second. Only the first has bit 7 set. The waveform, its
/// bar graph and the beep are not kept.
/// </summary>
/// <param name="SignalStrength">0 to 8, as received.</param>
/// <param name="HasNoSignal">Octet 1, bit 4.</param>
/// <param name="IsUnplugged">Probe unplugged: octet 1, bit 5.</param>
/// <param name="HasNoFinger">Octet 3, bit 4.</param>
/// <param name="IsSearching">The pulse is searched for: octet 3, bit 5.</param>
/// <param name="PulseRate">In beats a minute; null for <see cref="NoPulseRate"/> and for 0, which is no pulse rate.</param>
/// <param name="Saturation">SpO2 in per cent, at most 100; null for <see cref="NoSaturation"/> and for 0, which is no saturation.</param>
public readonly record struct BciFrame(
    int SignalStrength, bool HasNoSignal, bool IsUnplugged, bool HasNoFinger, bool IsSearching, int? PulseRate, int? Saturation)
{
    /// <summary>Octets in a frame.</summary>
    public const int Octets = 5;

    /// <summary>SpO2 that says that there is none.</summary>
    public const int NoSaturation = 0x7F;

    /// <summary>Pulse rate that says that there is none.</summary>
    public const int NoPulseRate = 0xFF;

    private const int SaturationOffset = 4;

    /// <summary>True when the oximeter has a finger, a signal and a pulse: only then its numbers are a measurement.</summary>
    public bool IsMeasurement => !HasNoSignal && !IsUnplugged && !HasNoFinger && !IsSearching;

    /// <summary>Where a frame starts in the stream; for <see cref="FrameReader"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> octets)
    {
        if ((octets[0] & 0x80) == 0)
        {
            return -1;
        }

        foreach (byte octet in octets[1..Math.Min(octets.Length, Octets)])
        {
            if ((octet & 0x80) != 0)
            {
                return -1;
            }
        }

        return octets.Length < Octets ? 0 : Octets;
    }

    /// <summary>Reads one frame; false with field and offset when it is cut short, out of step or tells a saturation over 100 %.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out BciFrame frame, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte signal = reader.UInt8("Signal"), wave = reader.UInt8("Pleth"), flags = reader.UInt8("Flags"), pulse = reader.UInt8("Pulse Rate"), saturation = reader.UInt8("SpO2");
        if (reader.End() && ((signal & 0x80) == 0 || ((wave | flags | pulse | saturation) & 0x80) != 0))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Sync bit", 0);
        }

        if (!reader.Failed && saturation is > 100 and not NoSaturation)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "SpO2", SaturationOffset);
        }

        int rate = pulse | ((flags & 0x40) << 1);
        frame = new BciFrame(
            signal & 0x0F,
            HasNoSignal: (signal & 0x10) != 0,
            IsUnplugged: (signal & 0x20) != 0,
            HasNoFinger: (flags & 0x10) != 0,
            IsSearching: (flags & 0x20) != 0,
            rate is 0 or NoPulseRate ? null : rate,
            saturation is 0 or NoSaturation ? null : saturation);
        error = reader.Failed ? reader.Error(BerryMedOximeterProfile.StreamUuid) : default;
        return !reader.Failed;
    }
}
