using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.WeightScale;

/// <summary>
/// Weight Measurement (0x2A9D; Weight Scale Service 1.0, 3.2; GATT Specification Supplement, Weight Measurement).
/// Flag bits 4 to 7 are reserved and ignored.
/// </summary>
/// <param name="IsImperial">Units: pound and inch, else kilogram and metre (flag bit 0).</param>
/// <param name="Weight">In units of 0.005 kg or 0.01 lb; <see cref="Unsuccessful"/> when the scale could not measure.</param>
/// <param name="Timestamp">Time Stamp (flag bit 1), null when absent.</param>
/// <param name="UserId">User ID (flag bit 2), 255 = unknown user, null when absent.</param>
/// <param name="BodyMassIndex">BMI (flag bit 3) in units of 0.1 kg/m², null when absent.</param>
/// <param name="Height">Height (flag bit 3) in units of 0.001 m or 0.1 in, null when absent.</param>
public readonly record struct WeightMeasurement(
    bool IsImperial, ushort Weight, PhdTimestamp? Timestamp, byte? UserId, ushort? BodyMassIndex, ushort? Height)
{
    /// <summary>Weight of a measurement that failed (3.2.1.2).</summary>
    public const ushort Unsuccessful = 0xFFFF;

    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out WeightMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        bool hasIndex = (flags & 0x08) != 0;
        measurement = new WeightMeasurement(
            IsImperial: (flags & 0x01) != 0,
            Weight: reader.UInt16("Weight"),
            Timestamp: (flags & 0x02) != 0 ? reader.DateTime("Time Stamp") : null,
            UserId: (flags & 0x04) != 0 ? reader.UInt8("User ID") : null,
            BodyMassIndex: hasIndex ? reader.UInt16("BMI") : null,
            Height: hasIndex ? reader.UInt16("Height") : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(WeightScaleProfile.MeasurementUuid);
        return understood;
    }
}
