using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.WeightScale;

/// <summary>From the decoded characteristic to readings (PHD IG: PhdNumericObservation each).</summary>
internal static class WeightReadings
{
    public static Reading From(in WeightMeasurement m, SessionContext context)
    {
        // The scale says in the weight field that the whole measurement failed; a BMI beside it would be one of that failed weight.
        MeasurementStatus status = m.Weight == WeightMeasurement.Unsuccessful ? MeasurementStatus.Invalid : MeasurementStatus.None;
        ScaleResolution resolution = ScaleResolution.OfWeightScale(context.WeightScaleFeature);
        NumericValue weight = Weight(m.Weight, m.IsImperial, resolution, status);
        return new Reading
        {
            Values = m is { BodyMassIndex: { } index, Height: { } height }
                ? [weight, Height(height, m.IsImperial, resolution, status), Index(index, status)]
                : [weight],
            Timestamp = m.Timestamp is { IsUnknown: false } stamp ? stamp : null,
            UserIndex = m.UserId,
            Status = status,
        };
    }

    public static NumericValue Weight(ushort raw, bool isImperial, ScaleResolution resolution, MeasurementStatus status) =>
        new(WeightScaleTerms.Weight, StatusEffects.Apply(status, resolution.Mass(raw, isImperial)), isImperial ? Units.Pound : Units.Kilogram)
        {
            Upload = StatusEffects.Upload(status, UploadRule.Always),
        };

    /// <summary>Metres become centimetres, which R4's body height profile asks for: the exponent moves by two.</summary>
    public static NumericValue Height(ushort raw, bool isImperial, ScaleResolution resolution, MeasurementStatus status) =>
        new(WeightScaleTerms.Height, StatusEffects.Apply(status, resolution.Height(raw)), isImperial ? Units.Inch : Units.Centimetre)
        {
            Upload = StatusEffects.Upload(status, UploadRule.Always),
        };

    private static NumericValue Index(ushort raw, MeasurementStatus status) =>
        new(WeightScaleTerms.BodyMassIndex, StatusEffects.Apply(status, FixedPoint.Of(raw, -1)), Units.KilogramPerSquareMetre)
        {
            DerivedFrom = 0,
            AlsoDerivedFrom = 1,
            Upload = StatusEffects.Upload(status, UploadRule.Always),
        };
}
