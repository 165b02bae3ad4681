using HomeHub.Profiles.HeartRate;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.HeartRate;

internal sealed class BodySensorLocationFacts : CharacteristicFacts
{
    private static readonly string[] Names = ["other", "chest", "wrist", "finger", "hand", "ear lobe", "foot"];

    public override BluetoothUuid Characteristic => HeartRateProfile.LocationUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["location"] = result.Context!.BodySensorLocation;
        facts["location_name"] = Names[result.Context.BodySensorLocation!.Value];
    }
}
