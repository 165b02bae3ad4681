using HomeHub.Profiles.BodyComposition;
using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.Tests.WeightScale;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Profiles.Tests.BodyComposition;

internal sealed class BodyCompositionFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BodyCompositionProfile.MeasurementUuid;

    protected override IReadOnlyDictionary<string, VectorRuling> Rulings => new Dictionary<string, VectorRuling>
    {
        ["2A9C-36"] = new(
            "a vendor's own frame on a standard characteristic: read by the specification its time stamp is day 46",
            Rejected: DecodeErrorCode.FieldOutOfRange),
    };

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(BodyCompositionMeasurement.TryDecode(vector.Octets, out BodyCompositionMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        bool failed = m.Fat == BodyCompositionMeasurement.Unsuccessful;
        Assert.Equal(failed ? MeasurementStatus.Invalid : MeasurementStatus.None, reading.Status);
        Assert.All(reading.Values, value => Assert.Equal(failed ? UploadRule.Never : UploadRule.Always, value.Upload));
        Set("body_fat_pct", BodyCompositionTerms.Fat);
        if (failed)
        {
            Assert.Equal(MeasuredValue.Absent(AbsenceReason.Error), WeightFacts.Number(reading, BodyCompositionTerms.Fat)!.Value);
        }

        facts["mass_unit"] = m.IsImperial ? "lb" : "kg";
        facts["timestamp"] = m.Timestamp?.ToString();
        facts["user_id"] = reading.UserIndex;
        facts["multiple_packet"] = m.IsMultiplePacket;
        Set("bmr_kJ", BodyCompositionTerms.BasalMetabolism);
        Set("muscle_pct", BodyCompositionTerms.MusclePercentage);
        Set("muscle_mass", BodyCompositionTerms.MuscleMass);
        Set("fat_free_mass", BodyCompositionTerms.FatFreeMass);
        Set("soft_lean_mass", BodyCompositionTerms.SoftLeanMass);
        Set("body_water_mass", BodyCompositionTerms.WaterMass);
        Set("impedance_ohm", BodyCompositionTerms.Impedance);
        Set("weight", WeightScaleTerms.Weight);
        if (WeightFacts.Number(reading, WeightScaleTerms.Height) is { } height)
        {
            WeightFacts.Height(height, facts);
        }

        void Set(string key, MdcTerm code)
        {
            if (WeightFacts.Number(reading, code) is { } value)
            {
                facts[key] = failed ? "unsuccessful" : value.Value;
            }
        }
    }
}
