using System.Globalization;
using HomeHub.Profiles.BodyComposition;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Profiles.Tests.BodyComposition;

/// <summary>Fields, fillers and failed measurements of the body composition analyser.</summary>
public class BodyCompositionTests
{
    private const ushort Uuid = BodyCompositionProfile.MeasurementUuid;

    private const string EveryField = "FE0F D200 EA07030E072A0A 02 7B1A 6401 E02E 983A 583E C02B 8813 204E D606";

    [Fact]
    public void Every_field_is_a_value_in_the_order_of_the_wire()
    {
        Reading reading = Payload.Reading(Uuid, EveryField);
        Assert.Equal(
            [
                BodyCompositionTerms.Fat, BodyCompositionTerms.BasalMetabolism, BodyCompositionTerms.MusclePercentage,
                BodyCompositionTerms.MuscleMass, BodyCompositionTerms.FatFreeMass, BodyCompositionTerms.SoftLeanMass,
                BodyCompositionTerms.WaterMass, BodyCompositionTerms.Impedance, WeightScaleTerms.Weight, WeightScaleTerms.Height,
            ],
            reading.Values.Select(value => value.Code));
        Assert.Equal(
            ["21.0 %", "6779 kJ", "35.6 %", "60.000 kg", "75.000 kg", "79.800 kg", "56.000 kg", "500.0 Ohm", "100.000 kg", "175.0 cm"],
            reading.Values.Cast<NumericValue>().Select(v => v.Value.Number.ToString(CultureInfo.InvariantCulture) + " " + v.Unit.Ucum));
        Assert.Equal((byte)2, reading.UserIndex);
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 42, 10), reading.Timestamp);
    }

    [Fact]
    public void Each_flag_alone_brings_its_field_alone()
    {
        MdcTerm?[] fields =
        [
            null, null, null, BodyCompositionTerms.BasalMetabolism, BodyCompositionTerms.MusclePercentage, BodyCompositionTerms.MuscleMass,
            BodyCompositionTerms.FatFreeMass, BodyCompositionTerms.SoftLeanMass, BodyCompositionTerms.WaterMass, BodyCompositionTerms.Impedance,
            WeightScaleTerms.Weight, WeightScaleTerms.Height,
        ];
        for (int bit = 3; bit < fields.Length; bit++)
        {
            int flags = 1 << bit;
            Reading reading = Payload.Reading(Uuid, $"{flags & 0xFF:X2}{flags >> 8:X2} D200 0100");
            Assert.Equal([BodyCompositionTerms.Fat, fields[bit]!.Value], reading.Values.Select(value => value.Code));
        }
    }

    [Theory]
    [InlineData(0, 0, "60.000", "175.0")]
    [InlineData(1, 1, "60.0", "175")]
    [InlineData(4, 2, "60.00", "175.0")]
    [InlineData(7, 3, "60.000", "175.0")]
    [InlineData(9, 5, "60.000", "175.0")]
    public void The_feature_gives_the_decimals(int mass, int height, string muscle, string tall)
    {
        string feature = Convert.ToHexString(BitConverter.GetBytes(((uint)mass << 11) | ((uint)height << 15)));
        SessionContext context = Payload.Decode(BodyCompositionProfile.FeatureUuid, feature).Context!;
        Reading reading = Payload.Reading(Uuid, "2008 D200 E02E D606", context);
        Assert.Equal(muscle, ((NumericValue)reading.Values[1]).Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(tall, ((NumericValue)reading.Values[2]).Value.Number.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0000 0000")]
    [InlineData("0600 0000 EA07030E072A0A 02")]
    [InlineData("FE0F 0000 EA07030E072A0A 02 0000 0000 0000 0000 0000 0000 0000 0000 0000")]
    [InlineData("0110 0000")]
    public void A_record_of_zeros_is_a_filler(string hex) =>
        Payload.MustBeRejected(Uuid, hex, DecodeErrorCode.FillerRecord, "Body Fat Percentage", 2);

    [Theory]
    [InlineData("0000 0100")]
    [InlineData("0800 0000 0100")]
    [InlineData("0004 0000 0100")]
    [InlineData("0008 0000 0100")]
    [InlineData("0002 0000 0100")]
    public void One_field_that_is_not_zero_makes_it_a_record(string hex) => Assert.Null(Payload.Decode(Uuid, hex).Error);

    [Fact]
    public void A_failed_measurement_is_invalid_and_stays_here()
    {
        Reading reading = Payload.Reading(Uuid, "0004 FFFF 204E");
        Assert.Equal(MeasurementStatus.Invalid, reading.Status);
        Assert.All(reading.Values.Cast<NumericValue>(), value =>
        {
            Assert.Equal(AbsenceReason.Error, value.Value.Absence);
            Assert.Equal(UploadRule.Never, value.Upload);
        });
    }

    [Fact]
    public void A_single_field_that_failed_has_no_number_and_leaves_the_others()
    {
        NumericValue[] values = [.. Payload.Reading(Uuid, "0004 D200 FFFF").Values.Cast<NumericValue>()];
        Assert.Equal((21.0m, UploadRule.Always), (values[0].Value.Number, values[0].Upload));
        Assert.Equal((AbsenceReason.Error, UploadRule.Never), (values[1].Value.Absence, values[1].Upload));
    }

    [Fact]
    public void Each_packet_of_several_is_a_reading_of_its_own()
    {
        Reading first = Payload.Reading(Uuid, "0210 D200 EA07030E072A0A");
        Reading second = Payload.Reading(Uuid, "0214 D200 EA07030E072A0A 204E");
        Assert.Equal(first.Timestamp, second.Timestamp);
        Assert.Single(first.Values);
        Assert.Equal(2, second.Values.Length);
    }

    [Fact]
    public void Every_payload_is_whole_only_as_it_is()
    {
        Payload.MustBeWholeOnlyAsItIs(Uuid, EveryField);
        Payload.MustBeWholeOnlyAsItIs(BodyCompositionProfile.FeatureUuid, "FF7F0000");
    }
}
