using HomeHub.Profiles.HeartRate;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.HeartRate;

internal sealed class HeartRateFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => HeartRateProfile.MeasurementUuid;

    public override string? WhyCutsCanBeWhole => "RR intervals run to the end of the payload, so one less is a whole payload too";

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(HeartRateMeasurement.TryDecode(vector.Octets, out HeartRateMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        NumericValue[] numbers = reading.Values.OfType<NumericValue>().ToArray();
        Assert.Equal(HeartRateTerms.HeartRate, numbers[0].Code);
        Assert.Equal(UploadRule.Throttled, numbers[0].Upload);
        bool contactLost = reading.Values.OfType<BitsEnumerationValue>().Any(bits => bits.Code == HeartRateTerms.Status);
        Assert.Equal(m.Contact == SensorContact.NotDetected, contactLost);
        NumericValue[] intervals = numbers.Where(number => number.Code == HeartRateTerms.RrInterval).ToArray();
        Assert.All(intervals, interval => Assert.Equal(UploadRule.Never, interval.Upload));
        facts["hr_bpm"] = numbers[0].Value;
        facts["contact"] = m.Contact switch
        {
            SensorContact.NotDetected => "not-detected",
            SensorContact.Detected => "detected",
            _ => "not-supported",
        };
        facts["energy_kJ"] = numbers.SingleOrDefault(number => number.Code == HeartRateTerms.Energy)?.Value;
        // Back from milliseconds to what was on the wire, which only an exact value allows.
        facts["rr_1024"] = intervals.Select(interval => interval.Value.Number * 1024m / 1000m).ToArray();
    }
}
