using HomeHub.Profiles.WeightScale;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BodyComposition;

/// <summary>From the decoded characteristic to readings (PHD IG: PhdNumericObservation each).</summary>
internal static class BodyCompositionReadings
{
    public static Reading From(in BodyCompositionMeasurement m, SessionContext context)
    {
        MeasurementStatus status =
            m.Fat == BodyCompositionMeasurement.Unsuccessful ? MeasurementStatus.Invalid : MeasurementStatus.None;
        ScaleResolution resolution = ScaleResolution.OfBodyComposition(context.BodyCompositionFeature);
        var values = new ReadingValue[Count(m)];
        values[0] = Value(BodyCompositionTerms.Fat, m.Fat, FixedPoint.Of(m.Fat, -1), Units.Percent, status);
        int next = 1;
        if (m.BasalMetabolism is { } metabolism)
        {
            values[next++] = Value(BodyCompositionTerms.BasalMetabolism, metabolism, FixedPoint.Of(metabolism, 0), Units.Kilojoule, status);
        }

        if (m.MusclePercentage is { } muscle)
        {
            values[next++] = Value(BodyCompositionTerms.MusclePercentage, muscle, FixedPoint.Of(muscle, -1), Units.Percent, status);
        }

        AddMass(values, ref next, BodyCompositionTerms.MuscleMass, m.MuscleMass, m.IsImperial, resolution, status);
        AddMass(values, ref next, BodyCompositionTerms.FatFreeMass, m.FatFreeMass, m.IsImperial, resolution, status);
        AddMass(values, ref next, BodyCompositionTerms.SoftLeanMass, m.SoftLeanMass, m.IsImperial, resolution, status);
        AddMass(values, ref next, BodyCompositionTerms.WaterMass, m.WaterMass, m.IsImperial, resolution, status);
        if (m.Impedance is { } impedance)
        {
            values[next++] = Value(BodyCompositionTerms.Impedance, impedance, FixedPoint.Of(impedance, -1), Units.Ohm, status);
        }

        AddMass(values, ref next, WeightScaleTerms.Weight, m.Weight, m.IsImperial, resolution, status);
        if (m.Height is { } height)
        {
            values[next] = WeightReadings.Height(height, m.IsImperial, resolution, status);
        }

        return new Reading
        {
            Values = values,
            Timestamp = m.Timestamp is { IsUnknown: false } stamp ? stamp : null,
            UserIndex = m.UserId,
            Status = status,
        };
    }

    private static int Count(in BodyCompositionMeasurement m) =>
        1 + One(m.BasalMetabolism) + One(m.MusclePercentage) + One(m.MuscleMass) + One(m.FatFreeMass) + One(m.SoftLeanMass)
        + One(m.WaterMass) + One(m.Impedance) + One(m.Weight) + One(m.Height);

    private static int One(ushort? field) => field is null ? 0 : 1;

    private static void AddMass(
        ReadingValue[] values, ref int next, MdcTerm code, ushort? raw, bool isImperial, ScaleResolution resolution, MeasurementStatus status)
    {
        if (raw is { } mass)
        {
            values[next++] = Value(code, mass, resolution.Mass(mass, isImperial), isImperial ? Units.Pound : Units.Kilogram, status);
        }
    }

    /// <summary>A field of all ones is no number here either: the service names it for body fat, devices use it for any field that failed.</summary>
    private static NumericValue Value(MdcTerm code, ushort raw, MeasuredValue value, Unit unit, MeasurementStatus status)
    {
        bool failed = raw == BodyCompositionMeasurement.Unsuccessful;
        return new(code, failed ? MeasuredValue.Absent(AbsenceReason.Error) : StatusEffects.Apply(status, value), unit)
        {
            Upload = failed ? UploadRule.Never : StatusEffects.Upload(status, UploadRule.Always),
        };
    }
}
