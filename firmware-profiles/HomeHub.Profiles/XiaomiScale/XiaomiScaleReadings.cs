using HomeHub.Profiles.BodyComposition;
using HomeHub.Profiles.WeightScale;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.XiaomiScale;

/// <summary>From a result to a reading (PHD IG: PhdNumericObservation each).</summary>
internal static class XiaomiScaleReadings
{
    /// <summary>From here on an impedance is a sign that it could not be measured, as is zero.</summary>
    private const ushort FirstFailedImpedance = 3000;

    /// <summary>The result of a measurement in kilogram or pound.</summary>
    public static Reading From(in XiaomiScaleMeasurement m)
    {
        NumericValue weight = WeightReadings.Weight(m.Weight, m.Unit == XiaomiScaleUnit.Pound, default, MeasurementStatus.None);
        return new Reading
        {
            Values = m.Impedance is { } impedance ? [weight, Impedance(impedance)] : [weight],
            Timestamp = m.Timestamp is { IsUnknown: false } stamp ? stamp : null,
        };
    }

    private static NumericValue Impedance(ushort raw)
    {
        bool failed = raw is 0 or >= FirstFailedImpedance;
        return new NumericValue(
            BodyCompositionTerms.Impedance, failed ? MeasuredValue.Absent(AbsenceReason.Error) : FixedPoint.Of(raw, 0), Units.Ohm)
        {
            Upload = failed ? UploadRule.Never : UploadRule.Always,
        };
    }
}
