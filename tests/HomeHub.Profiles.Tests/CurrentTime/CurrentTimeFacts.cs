using HomeHub.Profiles.CurrentTime;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.CurrentTime;

internal sealed class CurrentTimeFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => CurrentTimeProfile.CurrentTimeUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(CurrentTimeReport.TryDecode(vector.Octets, out CurrentTimeReport report, out _));
        Assert.Empty(result.Readings);
        facts["datetime"] = result.Clock!.Value.ToString();
        facts["day_of_week"] = report.DayOfWeek;
        facts["fractions256"] = report.Fractions256;
        facts["adjust_reason"] = $"0x{report.AdjustReason:X2}";
    }
}
