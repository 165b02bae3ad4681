using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BodyComposition;

/// <summary>
/// Body Composition Measurement (0x2A9C; Body Composition Service 1.0, 3.2; GATT Specification Supplement, Body Composition Measurement).
/// Masses are in units of 0.005 kg or 0.01 lb. Flag bits 13 to 15 are reserved and ignored.
/// </summary>
/// <param name="IsImperial">Units: pound and inch, else kilogram and metre (flag bit 0).</param>
/// <param name="IsMultiplePacket">The measurement did not fit into one packet; this is one of them (flag bit 12).</param>
/// <param name="Fat">Body Fat Percentage in units of 0.1 %; <see cref="Unsuccessful"/> when the device could not measure.</param>
/// <param name="Timestamp">Time Stamp (flag bit 1), null when absent.</param>
/// <param name="UserId">User ID (flag bit 2), 255 = unknown user, null when absent.</param>
/// <param name="BasalMetabolism">Basal Metabolism (flag bit 3) in kJ, null when absent.</param>
/// <param name="MusclePercentage">Muscle Percentage (flag bit 4) in units of 0.1 %, null when absent.</param>
/// <param name="MuscleMass">Muscle Mass (flag bit 5), null when absent.</param>
/// <param name="FatFreeMass">Fat Free Mass (flag bit 6), null when absent.</param>
/// <param name="SoftLeanMass">Soft Lean Mass (flag bit 7), null when absent.</param>
/// <param name="WaterMass">Body Water Mass (flag bit 8), null when absent.</param>
/// <param name="Impedance">Impedance (flag bit 9) in units of 0.1 Ω, null when absent.</param>
/// <param name="Weight">Weight (flag bit 10), null when absent.</param>
/// <param name="Height">Height (flag bit 11) in units of 0.001 m or 0.1 in, null when absent.</param>
public readonly record struct BodyCompositionMeasurement(
    bool IsImperial,
    bool IsMultiplePacket,
    ushort Fat,
    PhdTimestamp? Timestamp,
    byte? UserId,
    ushort? BasalMetabolism,
    ushort? MusclePercentage,
    ushort? MuscleMass,
    ushort? FatFreeMass,
    ushort? SoftLeanMass,
    ushort? WaterMass,
    ushort? Impedance,
    ushort? Weight,
    ushort? Height)
{
    /// <summary>Body fat of a measurement that failed (3.2.1.2).</summary>
    public const ushort Unsuccessful = 0xFFFF;

    private const int FatOffset = 2;

    /// <summary>
    /// True when body fat and every measured field that is there are zero: real devices send such stubs before the measurement
    /// (time stamp and user don't count as measured).
    /// </summary>
    public bool IsFiller =>
        (Fat | BasalMetabolism.GetValueOrDefault() | MusclePercentage.GetValueOrDefault() | MuscleMass.GetValueOrDefault()
            | FatFreeMass.GetValueOrDefault() | SoftLeanMass.GetValueOrDefault() | WaterMass.GetValueOrDefault()
            | Impedance.GetValueOrDefault() | Weight.GetValueOrDefault() | Height.GetValueOrDefault()) == 0;

    /// <summary>Reads one payload; false with field and offset when it is cut short, octets are left over, or it is a filler.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out BodyCompositionMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        ushort flags = reader.UInt16("Flags");
        measurement = new BodyCompositionMeasurement(
            IsImperial: (flags & 0x0001) != 0,
            IsMultiplePacket: (flags & 0x1000) != 0,
            Fat: reader.UInt16("Body Fat Percentage"),
            Timestamp: (flags & 0x0002) != 0 ? reader.DateTime("Time Stamp") : null,
            UserId: (flags & 0x0004) != 0 ? reader.UInt8("User ID") : null,
            BasalMetabolism: (flags & 0x0008) != 0 ? reader.UInt16("Basal Metabolism") : null,
            MusclePercentage: (flags & 0x0010) != 0 ? reader.UInt16("Muscle Percentage") : null,
            MuscleMass: (flags & 0x0020) != 0 ? reader.UInt16("Muscle Mass") : null,
            FatFreeMass: (flags & 0x0040) != 0 ? reader.UInt16("Fat Free Mass") : null,
            SoftLeanMass: (flags & 0x0080) != 0 ? reader.UInt16("Soft Lean Mass") : null,
            WaterMass: (flags & 0x0100) != 0 ? reader.UInt16("Body Water Mass") : null,
            Impedance: (flags & 0x0200) != 0 ? reader.UInt16("Impedance") : null,
            Weight: (flags & 0x0400) != 0 ? reader.UInt16("Weight") : null,
            Height: (flags & 0x0800) != 0 ? reader.UInt16("Height") : null);
        if (reader.End() && measurement.IsFiller)
        {
            reader.Reject(DecodeErrorCode.FillerRecord, "Body Fat Percentage", FatOffset);
        }

        error = reader.Failed ? reader.Error(BodyCompositionProfile.MeasurementUuid) : default;
        return !reader.Failed;
    }
}
