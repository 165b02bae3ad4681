using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Glucose;

/// <summary>
/// Glucose Measurement Context (0x2A34; Glucose Service 1.0.1, 3.2; GATT Specification Supplement 3.119).
/// </summary>
/// <param name="SequenceNumber">Sequence Number of the measurement that this context belongs to.</param>
/// <param name="ExtendedFlags">Extended Flags (flag bit 7): all bits reserved; null when absent.</param>
/// <param name="CarbohydrateId">Carbohydrate ID (flag bit 0), null when absent.</param>
/// <param name="Carbohydrate">Carbohydrate in kilogram (flag bit 0), null when absent.</param>
/// <param name="Meal">Meal (flag bit 1), null when absent.</param>
/// <param name="TesterAndHealth">Tester (low nibble) and Health (high nibble) (flag bit 2), null when absent.</param>
/// <param name="ExerciseDuration">Exercise Duration in seconds, 65535 = overrun (flag bit 3); null when absent.</param>
/// <param name="ExerciseIntensity">Exercise Intensity in per cent (flag bit 3), null when absent.</param>
/// <param name="MedicationId">Medication ID (flag bit 4), null when absent.</param>
/// <param name="Medication">Medication in kilogram or litre (flag bit 4), null when absent.</param>
/// <param name="MedicationInLitre">Unit of the medication: litre, else kilogram (flag bit 5).</param>
/// <param name="HbA1c">HbA1c in per cent (flag bit 6), null when absent.</param>
public readonly record struct GlucoseMeasurementContext(
    ushort SequenceNumber,
    byte? ExtendedFlags,
    byte? CarbohydrateId,
    MderFloat? Carbohydrate,
    byte? Meal,
    byte? TesterAndHealth,
    ushort? ExerciseDuration,
    byte? ExerciseIntensity,
    byte? MedicationId,
    MderFloat? Medication,
    bool MedicationInLitre,
    MderFloat? HbA1c)
{
    /// <summary>Exercise Duration that means longer than the field can tell.</summary>
    public const ushort DurationOverrun = ushort.MaxValue;

    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out GlucoseMeasurementContext context, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        bool carbohydrate = (flags & 0x01) != 0, exercise = (flags & 0x08) != 0, medication = (flags & 0x10) != 0;
        context = new GlucoseMeasurementContext(
            SequenceNumber: reader.UInt16("Sequence Number"),
            ExtendedFlags: (flags & 0x80) != 0 ? reader.UInt8("Extended Flags") : null,
            CarbohydrateId: carbohydrate ? reader.UInt8("Carbohydrate ID") : null,
            Carbohydrate: carbohydrate ? reader.SFloat("Carbohydrate") : null,
            Meal: (flags & 0x02) != 0 ? reader.UInt8("Meal") : null,
            TesterAndHealth: (flags & 0x04) != 0 ? reader.UInt8("Tester-Health") : null,
            ExerciseDuration: exercise ? reader.UInt16("Exercise Duration") : null,
            ExerciseIntensity: exercise ? reader.UInt8("Exercise Intensity") : null,
            MedicationId: medication ? reader.UInt8("Medication ID") : null,
            Medication: medication ? reader.SFloat("Medication") : null,
            MedicationInLitre: (flags & 0x20) != 0,
            HbA1c: (flags & 0x40) != 0 ? reader.SFloat("HbA1c") : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(GlucoseProfile.ContextUuid);
        return understood;
    }
}
