using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Glucose;

internal sealed class GlucoseContextFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => GlucoseProfile.ContextUuid;

    protected override IReadOnlyDictionary<string, VectorRuling> Rulings { get; } = new Dictionary<string, VectorRuling>
    {
        ["2A34-03"] = new("14 octets are left over; the source ignores them", Rejected: DecodeErrorCode.TrailingOctets),
    };

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(GlucoseMeasurementContext.TryDecode(vector.Octets, out GlucoseMeasurementContext c, out _));
        Reading reading = Assert.Single(result.Readings);
        Assert.True(reading.IsContext);
        Assert.All(reading.Values, value => Assert.Null(value.DerivedFrom));
        NumericValue? exercise = reading.Values.OfType<NumericValue>().SingleOrDefault(v => v.Code == GlucoseContextTerms.Exercise);
        facts["sequence"] = reading.SequenceNumber;
        facts["extended_flags"] = c.ExtendedFlags is { } flags ? $"0x{flags:X2}" : null;
        facts["carb_id"] = c.CarbohydrateId;
        facts["carb_kg"] = c.Carbohydrate;
        facts["meal"] = c.Meal;
        facts["tester"] = c.TesterAndHealth & 0x0F;
        facts["health"] = c.TesterAndHealth >> 4;
        facts["exercise_s"] = (decimal?)exercise?.Duration?.TotalSeconds;
        facts["exercise_pct"] = exercise?.Value;
        facts["medication_id"] = c.MedicationId;
        facts["hba1c_pct"] = c.HbA1c;
    }
}
