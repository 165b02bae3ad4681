using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.PulseOximeter;

internal sealed class PlxContinuousFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => PulseOximeterProfile.ContinuousUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(PlxContinuousMeasurement.TryDecode(vector.Octets, out PlxContinuousMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        Assert.All(reading.Values, value => Assert.Equal(UploadRule.Throttled, value.Upload));
        facts["spo2_pct"] = Find(reading, PulseOximeterTerms.OxygenSaturation, null);
        facts["pulse_bpm"] = Find(reading, PulseOximeterTerms.PulseRate, null);
        facts["spo2_fast_pct"] = Find(reading, PulseOximeterTerms.OxygenSaturation, PulseOximeterTerms.FastModality);
        facts["pulse_fast_bpm"] = Find(reading, PulseOximeterTerms.PulseRate, PulseOximeterTerms.FastModality);
        facts["spo2_slow_pct"] = Find(reading, PulseOximeterTerms.OxygenSaturation, PulseOximeterTerms.SlowModality);
        facts["pulse_slow_bpm"] = Find(reading, PulseOximeterTerms.PulseRate, PulseOximeterTerms.SlowModality);
        facts["pai_pct"] = Find(reading, PulseOximeterTerms.PulseAmplitudeIndex, null);
        facts["measurement_status"] = m.Status is { } status ? $"0x{status:X4}" : null;
        facts["device_sensor_status"] = m.SensorStatus is { } sensor ? $"0x{sensor:X6}" : null;
    }

    private static MeasuredValue? Find(Reading reading, MdcTerm code, MdcTerm? modality) => reading.Values.OfType<NumericValue>()
        .SingleOrDefault(v => v.Code == code && v.SupplementalTypes.SequenceEqual(modality is { } m ? [m] : []))?.Value;
}
