using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BloodPressure;

internal sealed class BloodPressureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BloodPressureProfile.MeasurementUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(BloodPressureMeasurement.TryDecode(vector.Octets, Characteristic, out BloodPressureMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        var panel = Assert.IsType<CompoundNumericValue>(reading.Values[0]);
        Assert.Equal([BloodPressureTerms.Systolic, BloodPressureTerms.Diastolic, BloodPressureTerms.Mean], panel.Components.Select(c => c.Code));
        NumericComponent[] c = panel.Components;
        facts["unit"] = (c[0].OriginalUnit ?? c[0].Unit).Text;
        facts["systolic"] = c[0].Original ?? c[0].Value;
        facts["diastolic"] = c[1].Original ?? c[1].Value;
        facts["map"] = c[2].Original ?? c[2].Value;
        CuffPressureFacts.Common(m, reading, facts);
    }
}
