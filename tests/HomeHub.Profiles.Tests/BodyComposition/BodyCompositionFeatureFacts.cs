using HomeHub.Profiles.BodyComposition;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BodyComposition;

internal sealed class BodyCompositionFeatureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BodyCompositionProfile.FeatureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["features"] = $"0x{result.Context!.BodyCompositionFeature:X8}";
    }
}
