using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Glucose;

internal sealed class GlucoseFeatureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => GlucoseProfile.FeatureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["features"] = $"0x{result.Context!.GlucoseFeature:X4}";
    }
}
