using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BloodPressure;

/// <summary>
/// Enhanced Blood Pressure Measurement (0x2B34) and Enhanced Intermediate Cuff Pressure (0x2B35) (GATT Specification Supplement): as the plain ones, but with
/// times in seconds, and one number only for the cuff. Flag bit 7 and status bits 6 to 15 are reserved and ignored.
/// </summary>
/// <param name="Pressures">Pressures, pulse rate, user and status; without a time.</param>
/// <param name="TimeStamp">Time Stamp (flag bit 1), null when absent. What its seconds count is not told by what is public: UTC, or the monitor's own time.</param>
/// <param name="UserFacingTime">User Facing Time (flag bit 5): what the monitor shows; null when absent.</param>
public readonly record struct EnhancedBloodPressureMeasurement(BloodPressureMeasurement Pressures, PhdTimestamp? TimeStamp, PhdTimestamp? UserFacingTime)
{
    private static readonly DateTime From1900 = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime From2000 = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> octets, ushort characteristic, out EnhancedBloodPressureMeasurement measurement, out DecodeError error)
    {
        bool isCuff = characteristic == BloodPressureProfile.EnhancedCuffPressureUuid;
        MderFloat none = MderFloat.Absent(AbsenceReason.NotANumber);
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        DateTime epoch = (flags & 0x40) != 0 ? From2000 : From1900;
        MderFloat systolic = reader.SFloat(isCuff ? "Intermediate Cuff Pressure" : "Systolic");
        MderFloat diastolic = isCuff ? none : reader.SFloat("Diastolic"), mean = isCuff ? none : reader.SFloat("Mean Arterial Pressure");
        PhdTimestamp? stamp = (flags & 0x02) != 0 ? After(epoch, reader.UInt32("Time Stamp")) : null;
        var pressures = new BloodPressureMeasurement(
            InKilopascal: (flags & 0x01) != 0,
            systolic,
            diastolic,
            mean,
            Timestamp: null,
            PulseRate: (flags & 0x04) != 0 ? reader.SFloat("Pulse Rate") : null,
            UserId: (flags & 0x08) != 0 ? reader.UInt8("User ID") : null,
            Status: (flags & 0x10) != 0 ? reader.UInt16("Measurement Status") : null);
        measurement = new EnhancedBloodPressureMeasurement(
            pressures, stamp, (flags & 0x20) != 0 ? After(epoch, reader.UInt32("User Facing Time")) : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(characteristic);
        return understood;
    }

    private static PhdTimestamp After(DateTime epoch, uint seconds) => PhdTimestamp.FromLocal(epoch.AddSeconds(seconds));
}
