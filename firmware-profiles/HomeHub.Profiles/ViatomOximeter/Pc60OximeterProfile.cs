using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ViatomOximeter;

/// <summary>Viatom's finger oximeters that tell what they show by themselves, over the Nordic serial service.</summary>
public static class Pc60OximeterProfile
{
    /// <summary>What the oximeter sends: one frame a payload.</summary>
    public static readonly BluetoothUuid StreamUuid = BluetoothUuid.Parse("6e400003-b5a3-f393-e0a9-e50e24dcca9e");

    /// <summary>The Nordic serial service, which many devices have.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("6e400001-b5a3-f393-e0a9-e50e24dcca9e");

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        Service, "Viatom finger oximeter", PulseOximeterTerms.Specialization,
        [new CharacteristicDecoder(StreamUuid, "PC-60FW frame", Decode) { Frames = new(Pc60Frame.LengthOf, Pc60Frame.MaxOctets) { IsWhole = Pc60Frame.IsWhole } }])
    {
        IsShared = true,
    };

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        if (!Pc60Frame.TryDecode(octets, out Pc60Frame frame, out DecodeError error))
        {
            return DecodeResult.Rejected(error);
        }

        MderFloat? perfusion = frame.Perfusion is { } tenths ? MderFloat.Fixed(tenths, -1) : null;
        return frame is { IsParameters: true, IsProbeOff: false, IsSearching: false }
            ? LiveOximetry.Of(frame.Saturation, frame.PulseRate, perfusion)
            : default;
    }
}
