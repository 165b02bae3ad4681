using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.PulseOximeter;

internal sealed class PlxFeaturesFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => PulseOximeterProfile.FeaturesUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["features"] = $"0x{result.Context!.PlxFeatures:X4}";
        facts["measurement_status_support"] = $"0x{result.Context.PlxMeasurementStatusSupport:X4}";
        facts["device_sensor_status_support"] = $"0x{result.Context.PlxSensorStatusSupport:X6}";
    }
}
