using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

internal sealed class CgmSessionStartFacts : CharacteristicFacts
{
    private const int PlainOctets = 9;

    public override BluetoothUuid Characteristic => CgmProfile.SessionStartUuid;

    public override string? WhyCutsCanBeWhole => "without its CRC the payload is whole, as long as CGM Feature is not known";

    public override string? WhyMoreCanBeWhole => "two octets more can be a CRC, as long as CGM Feature is not known";

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        Assert.True(CgmSessionStart.TryDecode(vector.Octets, null, out CgmSessionStart start, out _));
        Assert.Equal(start.Start, result.Context!.CgmSessionStart);
        facts["start"] = start.Start.ToString();
        facts["tz_raw"] = start.TimeZone;
        facts["tz_min"] = start.TimeZone * 15;
        facts["dst_min"] = start.DaylightSaving * 15;
        facts["crc_ok"] = vector.Octets.Length > PlainOctets;
    }
}
