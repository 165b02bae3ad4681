using HomeHub.Profiles.PulseOximeter;

namespace HomeHub.Profiles.BerryMedOximeter;

/// <summary>BerryMed oximeters (BM1000 and those that are sold under other names): the BCI protocol over a serial service of the radio's maker.</summary>
public static class BerryMedOximeterProfile
{
    /// <summary>What the oximeter sends: one frame a payload, see the README.</summary>
    public static readonly BluetoothUuid StreamUuid = BluetoothUuid.Parse("49535343-1e4d-4bd9-ba61-23c647249616");

    /// <summary>The serial service, which many modules have.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("49535343-fe7d-4ae5-8fa9-9fafd205e455");

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        Service, "BerryMed oximeter", PulseOximeterTerms.Specialization, [new CharacteristicDecoder(StreamUuid, "BCI frame", Decode) { Frames = new(BciFrame.LengthOf, BciFrame.Octets) }])
    {
        IsShared = true,
    };

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        if (!BciFrame.TryDecode(octets, out BciFrame frame, out DecodeError error))
        {
            return DecodeResult.Rejected(error);
        }

        return frame.IsMeasurement ? LiveOximetry.Of(frame.Saturation, frame.PulseRate) : default;
    }
}
