using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.PulseOximeter;

internal sealed class PlxSpotCheckFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => PulseOximeterProfile.SpotCheckUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Reading reading = Assert.Single(result.Readings);
        var spo2 = Assert.IsType<NumericValue>(reading.Values[0]);
        var pulse = Assert.IsType<NumericValue>(reading.Values[1]);
        Assert.Equal(PulseOximeterTerms.OxygenSaturation, spo2.Code);
        Assert.Equal(PulseOximeterTerms.PulseRate, pulse.Code);
        facts["spo2_pct"] = spo2.Value;
        facts["pulse_bpm"] = pulse.Value;
        facts["timestamp"] = reading.Timestamp?.ToString();
        facts["clock_not_set"] = reading.ClockFault;
    }
}
