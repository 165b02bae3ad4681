using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BloodPressure;

internal sealed class BloodPressureFeatureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BloodPressureProfile.FeatureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["features"] = $"0x{result.Context!.BloodPressureFeature:X4}";
    }
}
