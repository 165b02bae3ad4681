using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.TaiDocMeter;

internal sealed class TaiDocFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => TaiDocMeterProfile.AnswerUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        facts["readings"] = result.Readings.Length;
        if (result.Readings is not [var reading])
        {
            return;
        }

        facts["timestamp"] = reading.Timestamp?.ToString();
        if (reading.Values[0] is NumericValue glucose)
        {
            facts["glucose"] = glucose.Value;
            facts["unit"] = glucose.Unit.Text;
            facts["control"] = glucose.Subject == ValueSubject.Device && glucose.Code.RefId == "MDC_CONC_GLU_CONTROL";
            return;
        }

        var panel = Assert.IsType<CompoundNumericValue>(reading.Values[0]);
        facts["systolic"] = panel.Components[0].Value;
        facts["diastolic"] = panel.Components[1].Value;
        facts["pulse_bpm"] = Assert.IsType<NumericValue>(reading.Values[1]).Value;
        facts["irregular"] = reading.Values.OfType<BitsEnumerationValue>().Any(value => value.Bits.Any(bit => bit.Name == "irregular-pulse"));
    }
}
