using System.Globalization;
using HomeHub.Profiles.BloodPressure;

namespace HomeHub.Profiles.Tests.BloodPressure;

/// <summary>Units, special values, status bits and relations of the blood pressure monitor.</summary>
public class BloodPressureTests
{
    private const ushort Uuid = BloodPressureProfile.MeasurementUuid;

    [Theory]
    [InlineData("01 A0F0 6BF0 FF07", "120", "16.0")] // 16.0 kPa = 120.00992 mmHg
    [InlineData("01 0100 0100 0100", "8", "1")] // 7.50062: away from zero
    public void Kilopascals_become_whole_mmHg_and_stay_beside(string hex, string mmHg, string kPa)
    {
        NumericComponent systolic = Panel(hex).Components[0];
        Assert.Equal(mmHg, systolic.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Units.MmHg, systolic.Unit);
        Assert.Equal(kPa, systolic.Original!.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Units.KPa, systolic.OriginalUnit);
    }

    [Fact]
    public void Each_component_has_its_own_reason_for_absence()
    {
        CompoundNumericValue panel = Panel("00 FE07 0208 FF07");
        Assert.Equal(
            [AbsenceReason.PositiveInfinity, AbsenceReason.NegativeInfinity, AbsenceReason.NotANumber],
            panel.Components.Select(component => component.Value.Absence));
        Assert.Equal(UploadRule.Never, panel.Upload);
        Assert.Equal(UploadRule.Always, Panel("00 7800 0208 FF07").Upload);
    }

    [Fact]
    public void Every_status_word_gives_its_events_and_no_other()
    {
        for (int status = 0; status <= 0xFFFF; status++)
        {
            Reading reading = ProfileRegistry.Decode(
                Uuid, [0x10, 120, 0, 80, 0, 93, 0, (byte)status, (byte)(status >> 8)], SessionContext.Empty).Readings[0];
            var expected = new List<int>();
            Add(0, (status & 1) != 0);
            Add(1, (status & 2) != 0);
            Add(2, (status & 4) != 0);
            Add(3, (status & 0x18) == 0x08);
            Add(4, (status & 0x18) == 0x10);
            Add(5, (status & 0x20) != 0);
            var bits = reading.Values.OfType<BitsEnumerationValue>().SingleOrDefault();
            Assert.Equal(expected, (bits?.Bits ?? []).Select(bit => (int)bit.Bit));
            Assert.True(bits is null || (bits.DerivedFrom == 0 && bits.Bits.All(bit => bit.IsSet)));

            void Add(int bit, bool set)
            {
                if (set)
                {
                    expected.Add(bit);
                }
            }
        }
    }

    [Fact]
    public void The_pulse_rate_stands_alone()
    {
        Reading reading = Payload.Reading(Uuid, "1E 7800 5000 5D00 EA07030E072A0A 4700 01 0400");
        Assert.Equal([BloodPressureTerms.Panel, BloodPressureTerms.PulseRate, BloodPressureTerms.Status], reading.Values.Select(v => v.Code));
        Assert.Null(reading.Values[1].DerivedFrom);
        Assert.Equal(0, reading.Values[2].DerivedFrom);
        Assert.Equal((byte)1, reading.UserIndex);
    }

    [Fact]
    public void Every_payload_is_whole_only_as_it_is()
    {
        Payload.MustBeWholeOnlyAsItIs(Uuid, "1E 7800 5000 5D00 EA07030E072A0A 4700 01 0400");
        Payload.MustBeWholeOnlyAsItIs(BloodPressureProfile.CuffPressureUuid, "1E 7800 FF07 FF07 EA07030E072A0A 4700 01 0400");
        Payload.MustBeWholeOnlyAsItIs(BloodPressureProfile.FeatureUuid, "3F00");
        Payload.MustBeRejected(BloodPressureProfile.CuffPressureUuid, "00 78", DecodeErrorCode.Truncated, "Current Cuff Pressure", 1);
    }

    private static CompoundNumericValue Panel(string hex) => (CompoundNumericValue)Payload.Reading(Uuid, hex).Values[0];
}
