using HomeHub.Profiles.BloodPressure;

namespace HomeHub.Profiles.Tests.BloodPressure;

/// <summary>Octets by hand from the field list of the GATT Specification Supplement, as the sources in the profile's README give it.</summary>
public sealed class EnhancedBloodPressureTests
{
    private const ushort Enhanced = BloodPressureProfile.EnhancedMeasurementUuid, Cuff = BloodPressureProfile.EnhancedCuffPressureUuid;

    [Fact]
    public void The_time_that_the_user_sees_is_the_stamp()
    {
        // Flags: both times, epoch 2000. 826789330 s after it is 2026-03-14 07:42:10; the Time Stamp is an hour earlier.
        Reading reading = Payload.Reading(Enhanced, "62 7800 5000 5D00 C2BF4731 D2CD4731");
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 42, 10), reading.Timestamp);
        Assert.False(reading.ClockFault);
    }

    [Fact]
    public void A_time_stamp_alone_identifies_the_record_and_is_a_clock_fault()
    {
        Reading reading = Payload.Reading(Enhanced, "42 7800 5000 5D00 D2CD4731");
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 42, 10), reading.Timestamp);
        Assert.True(reading.ClockFault);
    }

    [Fact]
    public void Seconds_count_from_1900_unless_the_flag_says_2000() =>
        Assert.Equal(new PhdTimestamp(1900, 1, 2, 0, 0, 1), Payload.Reading(Enhanced, "20 7800 5000 5D00 81510100").Timestamp);

    [Fact]
    public void A_record_without_times_has_none()
    {
        Reading reading = Payload.Reading(Enhanced, "80 7800 5000 FF07");
        Assert.Null(reading.Timestamp);
        Assert.False(reading.ClockFault);
        NumericComponent[] pressures = Assert.IsType<CompoundNumericValue>(reading.Values[0]).Components;
        Assert.Equal((120m, 80m, AbsenceReason.NotANumber), (pressures[0].Value.Number, pressures[1].Value.Number, pressures[2].Value.Absence));
    }

    [Fact]
    public void Pulse_user_and_status_are_those_of_the_plain_record()
    {
        Reading reading = Payload.Reading(Enhanced, "1C 7800 5000 5D00 4700 01 0400");
        Assert.Equal((byte)1, reading.UserIndex);
        Assert.Equal(71m, Assert.IsType<NumericValue>(reading.Values[1]).Value.Number);
        Assert.Equal([new BitState(2, "irregular-pulse", true)], Assert.IsType<BitsEnumerationValue>(reading.Values[2]).Bits);
    }

    [Fact]
    public void A_cuff_pressure_is_one_number_and_stays()
    {
        var cuff = Assert.IsType<NumericValue>(Payload.Reading(Cuff, "00 7800").Values[0]);
        Assert.Equal((BloodPressureTerms.CuffPressure, 120m, UploadRule.Never), (cuff.Code, cuff.Value.Number, cuff.Upload));
    }

    [Fact]
    public void Every_cut_and_every_octet_too_many_is_rejected()
    {
        Payload.MustBeWholeOnlyAsItIs(Enhanced, "7E 7800 5000 5D00 C2BF4731 4700 01 0400 D2CD4731");
        Payload.MustBeWholeOnlyAsItIs(Cuff, "7E 7800 C2BF4731 4700 01 0400 D2CD4731");
    }
}
