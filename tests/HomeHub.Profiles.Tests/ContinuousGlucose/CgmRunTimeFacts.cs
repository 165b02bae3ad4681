using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

internal sealed class CgmRunTimeFacts : CharacteristicFacts
{
    private const int PlainOctets = 2;

    public override BluetoothUuid Characteristic => CgmProfile.RunTimeUuid;

    public override string? WhyCutsCanBeWhole => "without its CRC the payload is whole, as long as CGM Feature is not known";

    public override string? WhyMoreCanBeWhole => "two octets more can be a CRC, as long as CGM Feature is not known";

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        var hours = Assert.IsType<NumericValue>(Assert.Single(Assert.Single(result.Readings).Values));
        Assert.Equal(CgmTerms.RunTime, hours.Code);
        Assert.Equal(Units.Hour, hours.Unit);
        Assert.Equal(ValueSubject.Device, hours.Subject);
        facts["hours"] = hours.Value;
        facts["crc_ok"] = vector.Octets.Length > PlainOctets;
    }
}
