using HomeHub.Profiles.ElapsedTime;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.ElapsedTime;

internal sealed class CurrentElapsedTimeFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => ElapsedTimeProfile.CurrentElapsedTimeUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(CurrentElapsedTime.TryDecode(vector.Octets, out CurrentElapsedTime time, out _));
        Assert.Empty(result.Readings);
        facts["utc"] = time.IsUtc;
        facts["tick"] = time.IsTickCounter;
        facts["resolution"] = time.UnitsPerSecond switch
        {
            1 => "1s",
            10 => "100ms",
            1_000 => "1ms",
            _ => "100us",
        };
        facts["tz_used"] = time.HasOffset;
        facts["current_timeline"] = time.IsCurrentTimeline;
        facts["value"] = (long)time.TimeValue;
        facts["sync_source"] = time.SyncSource;
        facts["tz_dst_min"] = time.ZoneQuarters * 15;
        facts["clock_status"] = $"0x{time.Status:X2}";
        facts["clock_capabilities"] = $"0x{time.Capabilities:X2}";
        facts["clock"] = result.Clock is { IsUnknown: false } clock ? clock.ToString() : "none";
    }
}
