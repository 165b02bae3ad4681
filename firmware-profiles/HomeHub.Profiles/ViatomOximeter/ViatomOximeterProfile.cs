using HomeHub.Profiles.PulseOximeter;

namespace HomeHub.Profiles.ViatomOximeter;

/// <summary>Viatom's rings and wrist oximeters that are asked for what they measure (O2Ring, Checkme O2 and their relatives; not the O2Ring-S).</summary>
public static class ViatomOximeterProfile
{
    /// <summary>What the oximeter answers, notified.</summary>
    public static readonly BluetoothUuid AnswerUuid = BluetoothUuid.Parse("0734594a-a8e7-4b1a-a6b1-cd5243059a57");

    /// <summary>Where requests are written.</summary>
    public static readonly BluetoothUuid RequestUuid = BluetoothUuid.Parse("8b00ace7-eb0b-49b0-bbe9-9aee0a26e1a3");

    /// <summary>The service.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("14839ac4-7d7e-415c-9a42-167340cf2339");

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        Service, "Viatom oximeter", PulseOximeterTerms.Specialization, [new CharacteristicDecoder(AnswerUuid, "Viatom answer", Decode)])
    {
        Exchange = _ => new ViatomExchange(),
    };

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        if (!ViatomLiveReading.TryDecode(octets, out ViatomLiveReading reading, out DecodeError error))
        {
            return DecodeResult.Rejected(error);
        }

        return reading.IsWorn ? LiveOximetry.Of(reading.Saturation, reading.PulseRate) : default;
    }
}
