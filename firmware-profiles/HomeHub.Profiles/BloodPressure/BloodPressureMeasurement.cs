using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BloodPressure;

/// <summary>
/// Blood Pressure Measurement (0x2A35) and Intermediate Cuff Pressure (0x2A36), which share their layout
/// (Blood Pressure Service 1.1.1, 3.1 and 3.2; GATT Specification Supplement 3.33 and 3.128).
/// Flag bits 5 to 7 and status bits 6 to 15 are reserved and ignored: real devices set them.
/// </summary>
/// <param name="InKilopascal">Unit of the three pressures: kPa, else mmHg (flag bit 0).</param>
/// <param name="Systolic">Systolic pressure; the cuff's pressure in 0x2A36.</param>
/// <param name="Diastolic">Diastolic pressure; NaN in 0x2A36.</param>
/// <param name="Mean">Mean arterial pressure; NaN in 0x2A36 and in monitors that don't measure it.</param>
/// <param name="Timestamp">Time Stamp (flag bit 1), null when absent.</param>
/// <param name="PulseRate">Pulse Rate in beats a minute (flag bit 2), null when absent.</param>
/// <param name="UserId">User ID (flag bit 3), 255 = unknown user, null when absent.</param>
/// <param name="Status">Measurement Status (flag bit 4), null when absent.</param>
public readonly record struct BloodPressureMeasurement(
    bool InKilopascal,
    MderFloat Systolic,
    MderFloat Diastolic,
    MderFloat Mean,
    PhdTimestamp? Timestamp,
    MderFloat? PulseRate,
    byte? UserId,
    ushort? Status)
{
    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> octets, BluetoothUuid characteristic, out BloodPressureMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        measurement = new BloodPressureMeasurement(
            InKilopascal: (flags & 0x01) != 0,
            Systolic: reader.SFloat(characteristic == BloodPressureProfile.CuffPressureUuid ? "Current Cuff Pressure" : "Systolic"),
            Diastolic: reader.SFloat("Diastolic"),
            Mean: reader.SFloat("Mean Arterial Pressure"),
            Timestamp: (flags & 0x02) != 0 ? reader.DateTime("Time Stamp") : null,
            PulseRate: (flags & 0x04) != 0 ? reader.SFloat("Pulse Rate") : null,
            UserId: (flags & 0x08) != 0 ? reader.UInt8("User ID") : null,
            Status: (flags & 0x10) != 0 ? reader.UInt16("Measurement Status") : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(characteristic);
        return understood;
    }
}
