using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.HealthThermometer;

internal sealed class TemperatureTypeFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => HealthThermometerProfile.TypeUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["type"] = result.Context!.TemperatureType;
        facts["type_name"] = TemperatureFacts.TypeName(result.Context.TemperatureType!.Value);
    }
}
