using HomeHub.Profiles.CurrentTime;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.CurrentTime;

internal sealed class DateTimeFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => CurrentTimeProfile.DateTimeUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        facts["datetime"] = result.Clock!.Value.ToString();
    }
}
