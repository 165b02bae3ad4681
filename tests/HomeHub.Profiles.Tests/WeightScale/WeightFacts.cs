using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Profiles.Tests.WeightScale;

internal sealed class WeightFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => WeightScaleProfile.MeasurementUuid;

    protected override IReadOnlyDictionary<string, VectorRuling> Rulings => new Dictionary<string, VectorRuling>
    {
        ["2A9D-13"] = new("0xFFFF is measurement unsuccessful (3.2.1.2), no number: status invalid", """{"weight":"error","unit":"kg"}"""),
    };

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(WeightMeasurement.TryDecode(vector.Octets, out WeightMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        bool failed = m.Weight == WeightMeasurement.Unsuccessful;
        Assert.Equal(failed ? MeasurementStatus.Invalid : MeasurementStatus.None, reading.Status);
        Assert.All(reading.Values, value => Assert.Equal(failed ? UploadRule.Never : UploadRule.Always, value.Upload));
        facts["weight"] = Number(reading, WeightScaleTerms.Weight)!.Value;
        facts["unit"] = Number(reading, WeightScaleTerms.Weight)!.Unit.Text;
        facts["timestamp"] = m.Timestamp?.ToString();
        facts["user_id"] = reading.UserIndex;
        if (Number(reading, WeightScaleTerms.BodyMassIndex) is { } index)
        {
            // The index belongs to both that stand before it.
            Assert.Equal(WeightScaleTerms.Weight, reading.Values[index.DerivedFrom!.Value].Code);
            Assert.Equal(WeightScaleTerms.Height, reading.Values[index.AlsoDerivedFrom!.Value].Code);
            facts["bmi"] = index.Value;
            Height(Number(reading, WeightScaleTerms.Height)!, facts);
        }
    }

    public static NumericValue? Number(Reading reading, MdcTerm code) =>
        reading.Values.OfType<NumericValue>().SingleOrDefault(value => value.Code == code);

    /// <summary>The vectors tell metres, as the wire does; we tell centimetres.</summary>
    public static void Height(NumericValue height, FactSheet facts)
    {
        facts["height"] = height.Unit == Units.Centimetre ? height.Value.Number / 100m : height.Value.Number;
        facts["height_unit"] = height.Unit == Units.Centimetre ? "m" : height.Unit.Text;
    }
}
