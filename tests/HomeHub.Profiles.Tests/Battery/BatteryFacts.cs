using HomeHub.Profiles.Battery;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Battery;

internal sealed class BatteryFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BatteryProfile.LevelUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        var level = Assert.IsType<NumericValue>(Assert.Single(Assert.Single(result.Readings).Values));
        Assert.Equal(BatteryTerms.Level, level.Code);
        Assert.Equal(Units.Percent, level.Unit);
        Assert.Equal(ValueSubject.Device, level.Subject);
        Assert.Equal(UploadRule.OnChange, level.Upload);
        facts["battery_pct"] = level.Value;
    }
}
