using HomeHub.Profiles.PolarEcg;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.PolarEcg;

internal sealed class PolarEcgFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => PolarEcgProfile.DataUuid;

    public override string? WhyCutsCanBeWhole => "samples run to the end of the frame, so one less is a whole frame too";

    public override string? WhyMoreCanBeWhole => "samples run to the end of the frame, so one more is a whole frame too";

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        var piece = Assert.IsType<SampledValue>(Assert.Single(Assert.Single(result.Readings).Values));
        Assert.Equal((PolarEcgTerms.Potential, Units.Microvolt, PolarEcgProfile.PeriodMilliseconds), (piece.Code, piece.Unit, piece.PeriodMilliseconds));
        facts["samples"] = piece.Samples.Length;
        facts["first"] = piece.Samples[0];
        facts["last"] = piece.Samples[^1];
        facts["lowest"] = piece.Samples.Min();
        facts["highest"] = piece.Samples.Max();
        facts["last_at"] = (decimal)piece.LastAtNanoseconds;
    }
}
