using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.HealthThermometer;

internal sealed class IntermediateTemperatureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => HealthThermometerProfile.IntermediateUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Reading reading = TemperatureFacts.Common(vector, result, facts);
        Assert.Equal(MeasurementStatus.EarlyEstimate, reading.Status);
        Assert.Equal(UploadRule.Never, reading.Values[0].Upload);
    }
}
