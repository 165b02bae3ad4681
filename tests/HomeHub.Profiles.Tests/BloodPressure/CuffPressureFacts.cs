using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BloodPressure;

internal sealed class CuffPressureFacts : CharacteristicFacts
{
    /// <summary>The vectors' words for the ASN.1 names of the status bits.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["body-movement"] = "body-movement",
        ["cuff-too-loose"] = "cuff-too-loose",
        ["irregular-pulse"] = "irregular-pulse",
        ["pulse-over-range-limit"] = "pulse-above-range",
        ["pulse-under-range-limit"] = "pulse-below-range",
        ["improper-body-position"] = "improper-position",
    };

    public override BluetoothUuid Characteristic => BloodPressureProfile.CuffPressureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(BloodPressureMeasurement.TryDecode(vector.Octets, Characteristic, out BloodPressureMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        var cuff = Assert.IsType<NumericValue>(reading.Values[0]);
        Assert.Equal(BloodPressureTerms.CuffPressure, cuff.Code);
        Assert.All(reading.Values, value => Assert.Equal(UploadRule.Never, value.Upload));
        facts["unit"] = cuff.Unit.Text;
        facts["cuff"] = cuff.Value;
        Common(m, reading, facts);
    }

    public static void Common(in BloodPressureMeasurement m, Reading reading, FactSheet facts)
    {
        // A stamp with an unknown part is none for the reading, but the octets were still read as they are.
        Assert.Equal(m.Timestamp is { IsUnknown: false } known ? known : null, reading.Timestamp);
        facts["timestamp"] = m.Timestamp?.ToString();
        facts["pulse_bpm"] = reading.Values.OfType<NumericValue>().SingleOrDefault(v => v.Code == BloodPressureTerms.PulseRate)?.Value;
        facts["user_id"] = reading.UserIndex;
        facts["status"] = m.Status is { } status ? $"0x{status:X4}" : null;
        facts["status_flags"] = (reading.Values.OfType<BitsEnumerationValue>().SingleOrDefault()?.Bits ?? []).Select(bit => Words[bit.Name]);
    }
}
