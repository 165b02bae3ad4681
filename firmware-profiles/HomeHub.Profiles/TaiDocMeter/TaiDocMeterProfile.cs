using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Glucose;

namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>TaiDoc's meters, sold as FORA and under other names: glucose meters and blood pressure monitors that are asked for their records.</summary>
public static class TaiDocMeterProfile
{
    /// <summary>Requests are written to it and answers notified by it.</summary>
    public static readonly BluetoothUuid AnswerUuid = BluetoothUuid.Parse("00001524-1212-efde-1523-785feabcd123");

    /// <summary>The service, which boards of the radio's maker have too.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("00001523-1212-efde-1523-785feabcd123");

    private const int ControlSolution = 10;

    /// <summary>The profile. What a device measures is known by its model only; most are glucose meters.</summary>
    public static readonly GattProfile Profile = new(
        Service, "TaiDoc meter", GlucoseTerms.Specialization, [new CharacteristicDecoder(AnswerUuid, "TaiDoc record", Decode)])
    {
        Exchange = _ => new TaiDocExchange(),
    };

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        if (!TaiDocRecord.TryDecode(octets, out TaiDocRecord record, out DecodeError error))
        {
            return DecodeResult.Rejected(error);
        }

        if (record.IsBloodPressure)
        {
            return DecodeResult.Of(BloodPressureReadings.FromVendor(
                record.Value, record.Diastolic, record.PulseRate, hasMoved: false, record.IsIrregular, record.Timestamp, user: null));
        }

        return DecodeResult.Of(GlucoseOf(record));
    }

    private static Reading GlucoseOf(in TaiDocRecord record) => new()
    {
        Values =
        [
            new NumericValue(
                record.IsControl ? GlucoseTerms.ConcentrationOf(ControlSolution) : GlucoseTerms.Generic, MeasuredValue.Of(record.Value), Units.MilligramPerDecilitre)
            {
                Subject = record.IsControl ? ValueSubject.Device : ValueSubject.Patient,
            },
        ],
        Timestamp = record.Timestamp,
    };
}
