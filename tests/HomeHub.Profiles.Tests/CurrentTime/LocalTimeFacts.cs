using HomeHub.Profiles.CurrentTime;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.CurrentTime;

internal sealed class LocalTimeFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => CurrentTimeProfile.LocalTimeUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(LocalTimeInformation.TryDecode(vector.Octets, out LocalTimeInformation time, out _));
        Assert.Empty(result.Readings);
        facts["tz_min"] = time.ZoneQuarters is { } zone ? zone * 15 : "unknown";
        facts["dst_min"] = time.DaylightQuarters is { } daylight ? daylight * 15 : "unknown";
    }
}
