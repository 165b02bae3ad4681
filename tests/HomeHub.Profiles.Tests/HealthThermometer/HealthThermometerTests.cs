using System.Globalization;
using HomeHub.Profiles.HealthThermometer;

namespace HomeHub.Profiles.Tests.HealthThermometer;

/// <summary>Site, digits and estimates of the thermometer.</summary>
public class HealthThermometerTests
{
    private const ushort Uuid = HealthThermometerProfile.MeasurementUuid;

    [Theory]
    [InlineData(0, 150364)]
    [InlineData(1, 188452)]
    [InlineData(2, 150364)]
    [InlineData(3, 188428)]
    [InlineData(4, 188432)]
    [InlineData(5, 188456)]
    [InlineData(6, 188424)]
    [InlineData(7, 188420)]
    [InlineData(8, 188448)]
    [InlineData(9, 150392)]
    [InlineData(10, 150364)]
    [InlineData(255, 150364)]
    public void Each_site_has_its_code_from_the_record_or_from_the_device(int type, int code)
    {
        Reading own = Payload.Reading(Uuid, $"04 6D0100FF {type:X2}");
        Assert.Equal((uint)code, own.Values[0].Code.Code);
        SessionContext context = Payload.Decode(HealthThermometerProfile.TypeUuid, $"{type:X2}").Context!;
        Assert.Equal((byte)type, context.TemperatureType);
        Reading fromDevice = Payload.Reading(Uuid, "00 6D0100FF", context);
        Assert.Equal((uint)code, fromDevice.Values[0].Code.Code);
    }

    [Fact]
    public void The_record_goes_before_the_device()
    {
        var ear = new SessionContext { TemperatureType = 3 };
        Assert.Equal(TemperatureTerms.Mouth, Payload.Reading(Uuid, "04 6D0100FF 06", ear).Values[0].Code);
        Assert.Equal(TemperatureTerms.Body, Payload.Reading(Uuid, "04 6D0100FF 00", ear).Values[0].Code);
    }

    [Theory]
    [InlineData("00 6D0100FF", "36.5", "Cel")]
    [InlineData("00 480E00FE", "36.56", "Cel")]
    [InlineData("00 740E00FE", "37.00", "Cel")]
    [InlineData("01 DA0300FF", "98.6", "[degF]")]
    public void Digits_and_unit_are_those_of_the_device(string hex, string number, string unit)
    {
        var value = (NumericValue)Payload.Reading(Uuid, hex).Values[0];
        Assert.Equal(number, value.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(unit, value.Unit.Ucum);
    }

    [Fact]
    public void A_special_value_is_a_reason_and_goes_up()
    {
        var value = (NumericValue)Payload.Reading(Uuid, "00 FFFF7F00").Values[0];
        Assert.Equal(AbsenceReason.NotANumber, value.Value.Absence);
        Assert.Equal(UploadRule.Always, value.Upload);
    }

    [Fact]
    public void An_intermediate_temperature_is_an_early_estimate_that_stays_here()
    {
        Reading reading = Payload.Reading(HealthThermometerProfile.IntermediateUuid, "00 6D0100FF");
        Assert.Equal(MeasurementStatus.EarlyEstimate, reading.Status);
        Assert.Equal(UploadRule.Never, reading.Values[0].Upload);
        Assert.True(((NumericValue)reading.Values[0]).Value.IsPresent);
    }

    [Fact]
    public void A_stamp_with_an_unknown_part_is_none() =>
        Assert.Null(Payload.Reading(Uuid, "02 6D0100FF 0000 03 0E 07 2A 0A").Timestamp);

    [Theory]
    [InlineData("06 6D0100FF EA07030E072A", "Time Stamp", 11)]
    [InlineData("04 6D0100FF", "Temperature Type", 5)]
    [InlineData("00 6D0100", "Temperature", 1)]
    [InlineData("", "Flags", 0)]
    public void A_cut_names_the_field_and_where(string hex, string field, int offset) =>
        Payload.MustBeRejected(Uuid, hex, DecodeErrorCode.Truncated, field, offset);

    [Fact]
    public void Every_payload_is_whole_only_as_it_is()
    {
        Payload.MustBeWholeOnlyAsItIs(Uuid, "07 D20300FF EA07030E072A0A 09");
        Payload.MustBeWholeOnlyAsItIs(HealthThermometerProfile.IntermediateUuid, "07 D20300FF EA07030E072A0A 09");
        Payload.MustBeWholeOnlyAsItIs(HealthThermometerProfile.TypeUuid, "09");
        Payload.MustBeWholeOnlyAsItIs(HealthThermometerProfile.IntervalUuid, "3C00");
    }
}
