using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.OmronMemory;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.OmronMemory;

/// <summary>The note of a row is the model.</summary>
internal sealed class OmronFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => OmronMemoryProfile.AnswerUuid;

    public override SessionContext ContextOf(GattVector vector) => new() { OmronModel = vector.Note };

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        facts["readings"] = result.Readings.Length;
        if (result.Readings is not [var reading])
        {
            return;
        }

        var panel = Assert.IsType<CompoundNumericValue>(reading.Values[0]);
        Assert.Equal([BloodPressureTerms.Systolic, BloodPressureTerms.Diastolic, BloodPressureTerms.Mean], panel.Components.Select(component => component.Code));
        Assert.All(reading.Values, value => Assert.Equal(UploadRule.Always, value.Upload));
        Assert.Equal(AbsenceReason.NotPerformed, panel.Components[2].Value.Absence);
        facts["systolic"] = panel.Components[0].Value;
        facts["diastolic"] = panel.Components[1].Value;
        facts["pulse_bpm"] = Assert.IsType<NumericValue>(reading.Values[1]).Value;
        facts["timestamp"] = reading.Timestamp?.ToString();
        facts["user"] = reading.UserIndex;
    }
}
