using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BloodPressure;

internal sealed class EnhancedBloodPressureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BloodPressureProfile.EnhancedMeasurementUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(EnhancedBloodPressureMeasurement.TryDecode(vector.Octets, BloodPressureProfile.EnhancedMeasurementUuid, out EnhancedBloodPressureMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        NumericComponent[] c = Assert.IsType<CompoundNumericValue>(reading.Values[0]).Components;
        facts["unit"] = (c[0].OriginalUnit ?? c[0].Unit).Text;
        facts["systolic"] = c[0].Original ?? c[0].Value;
        facts["diastolic"] = c[1].Original ?? c[1].Value;
        facts["map"] = c[2].Original ?? c[2].Value;
        facts["timestamp"] = Seconds(m.TimeStamp, vector);
        facts["user_facing_time"] = Seconds(m.UserFacingTime, vector);
        facts["user_id"] = reading.UserIndex;
        facts["status"] = m.Pressures.Status is { } status ? $"0x{status:X4}" : null;
    }

    /// <summary>The vectors give the seconds; the epoch is in flag bit 6.</summary>
    private static long? Seconds(PhdTimestamp? time, GattVector vector) => time is { } known && known.TryGetLocal(out DateTime local)
        ? (long)(local - new DateTime((vector.Octets[0] & 0x40) != 0 ? 2000 : 1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)).TotalSeconds
        : null;
}
