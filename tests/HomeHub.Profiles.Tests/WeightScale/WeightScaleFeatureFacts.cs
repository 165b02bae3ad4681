using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Profiles.Tests.WeightScale;

internal sealed class WeightScaleFeatureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => WeightScaleProfile.FeatureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["features"] = $"0x{result.Context!.WeightScaleFeature:X8}";
    }
}
