using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BloodPressure;

internal sealed class EnhancedCuffPressureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BloodPressureProfile.EnhancedCuffPressureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        var cuff = Assert.IsType<NumericValue>(Assert.Single(result.Readings).Values[0]);
        facts["unit"] = cuff.Unit.Text;
        facts["cuff"] = cuff.Value;
    }
}
