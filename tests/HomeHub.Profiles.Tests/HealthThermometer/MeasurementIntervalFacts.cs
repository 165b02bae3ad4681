using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.HealthThermometer;

internal sealed class MeasurementIntervalFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => HealthThermometerProfile.IntervalUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        Assert.True(HealthThermometerProfile.TryDecodeInterval(vector.Octets, out ushort seconds, out _));
        facts["interval_s"] = seconds;
    }
}
