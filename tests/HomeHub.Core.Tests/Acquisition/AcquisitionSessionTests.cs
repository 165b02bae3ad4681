using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Acquisition;

public sealed class AcquisitionSessionTests
{
    private const string BloodPressure = "1E80005300FF07EA07030E072A0A4700010000";
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-03-14T07:45:05+01:00", CultureInfo.InvariantCulture);

    private readonly AcquisitionSession _session = new(
        new PatientReference("Patient/p1"), new DeviceDescriptor { Address = "CC:BB:AA:11:22:33" }, HubZone.OfReception);

    [Fact]
    public void A_reading_carries_everything_that_is_needed_to_tell_it_again()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C0006 0000".Replace(" ", "", StringComparison.Ordinal));
        AcquiredReading reading = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();

        Assert.Equal(StampUse.Mapped, reading.Effective.Use);
        Assert.Equal(DateTimeOffset.Parse("2026-03-14T07:43:15+01:00", CultureInfo.InvariantCulture), reading.Effective.Instant);
        Assert.Equal(new ClockCheck(At, new PhdTimestamp(2026, 3, 14, 7, 44, 0)), reading.ClockCheck);
        Assert.True(reading.Device.HasReadableClock);
        Assert.Equal([0x1810], reading.Device.Services);
        Reading decodedAgain = (reading with { Reading = null! }).Reading;
        Assert.Equal(3, decodedAgain.Values.Length + 1);
        Assert.Equal((byte)1, decodedAgain.UserIndex);
    }

    [Fact]
    public void Without_a_readable_clock_a_stamp_is_a_time_fault_with_one_check_for_the_connection()
    {
        AcquiredReading first = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();
        AcquiredReading second = Accept(0x1810, 0x2A35, BloodPressure.Replace("0E072A0A", "0E072B0A", StringComparison.Ordinal), At.AddSeconds(2)).Readings.Single();

        Assert.Equal(StampUse.AsReported, first.Effective.Use);
        Assert.True(first.ClockCheck!.IsFault);
        Assert.Equal(first.ClockCheck, second.ClockCheck);
    }

    [Fact]
    public void A_record_without_stamp_refers_to_no_check()
    {
        AcquiredReading reading = Accept(0x1810, 0x2A35, "00800053005D00").Readings.Single();
        Assert.Equal(new EffectiveTime(At, StampUse.None), reading.Effective);
        Assert.Null(reading.ClockCheck);
    }

    /// <summary>2026-03-14T07:44:00 is 826,789,440 s after 2000-01-01T00:00:00.</summary>
    [Fact]
    public void A_clock_that_counts_in_local_time_is_compared_as_any_other()
    {
        Accept(0x183F, 0x2BF2, "3040CE4731000000040000");
        AcquiredReading reading = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();
        Assert.Equal(StampUse.Mapped, reading.Effective.Use);
        Assert.Equal(DateTimeOffset.Parse("2026-03-14T07:43:15+01:00", CultureInfo.InvariantCulture), reading.Effective.Instant);
        Assert.Equal(new ClockCheck(At, new PhdTimestamp(2026, 3, 14, 7, 44, 0, 4)), reading.ClockCheck);
    }

    /// <summary>In UTC, with an offset or without; asking to be set; ticks. Their stamps might be hours off, although they are plausible.</summary>
    [Theory]
    [InlineData("2230C04731000001000000")]
    [InlineData("3230C04731000001040000")]
    [InlineData("2040CE4731000000000100")]
    [InlineData("2140CE4731000000000000")]
    public void A_stamp_beside_a_clock_that_can_not_be_compared_is_not_used_until_another_clock_is_told(string clock)
    {
        Accept(0x183F, 0x2BF2, clock);
        AcquiredReading reading = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();
        Assert.Equal(new EffectiveTime(At, StampUse.NotUsable), reading.Effective);
        Assert.Equal(new ClockCheck(At, null), reading.ClockCheck);
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        Assert.Equal(StampUse.Mapped, Accept(0x1810, 0x2A35, BloodPressure).Readings.Single().Effective.Use);
    }

    [Fact]
    public void A_clock_that_says_it_is_unset_gives_a_fault_although_it_can_be_read()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        AcquiredReading reading = Accept(0x1822, 0x2A5E, "1761006000E10701010122132000200000").Readings.Single();
        Assert.Equal(StampUse.NotUsable, reading.Effective.Use);
        Assert.Equal(At, reading.Effective.Instant);
        Assert.True(reading.ClockCheck!.IsFault);
    }

    [Fact]
    public void A_clock_set_during_the_connection_starts_a_new_check()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        AcquiredReading before = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();
        Accept(0x1805, 0x2A2B, "EA07030E072D05060000", At.AddSeconds(1));
        AcquiredReading after = Accept(0x1810, 0x2A35, BloodPressure, At.AddSeconds(2)).Readings.Single();
        Assert.NotEqual(before.ClockCheck, after.ClockCheck);
        Assert.Equal(before.Identity, after.Identity);
    }

    [Fact]
    public void A_stamp_that_descends_while_numbers_ascend_is_a_time_fault()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        AcquiredReading first = Accept(0x1808, 0x2A18, "020100EA07030E07000078B011").Readings.Single();
        AcquiredReading second = Accept(0x1808, 0x2A18, "020200EA07030D07000078B011").Readings.Single();
        AcquiredReading third = Accept(0x1808, 0x2A18, "020300EA07030D08000078B011").Readings.Single();
        Assert.Equal([StampUse.Mapped, StampUse.AsReported, StampUse.Mapped], [first.Effective.Use, second.Effective.Use, third.Effective.Use]);
    }

    [Fact]
    public void A_context_takes_time_and_measurement_from_its_sequence_number()
    {
        AcquiredReading measurement = Accept(0x1808, 0x2A18, "130700EA07030E070A000500 78B011".Replace(" ", "", StringComparison.Ordinal)).Readings.Single();
        AcquiredReading context = Accept(0x1808, 0x2A34, "02070002", At.AddSeconds(1)).Readings.Single();
        Assert.Equal(measurement.Identity, context.Measurement);
        Assert.Equal(160184u, context.MeasurementCode);
        Assert.Equal(measurement.Effective, context.Effective);
        Assert.Equal(measurement.Stamp, context.Stamp);
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 15, 0), context.Stamp);
    }

    [Fact]
    public void A_context_without_its_measurement_stands_alone()
    {
        AcquiredReading context = Accept(0x1808, 0x2A34, "02080002").Readings.Single();
        Assert.Null(context.Measurement);
        Assert.Equal(new EffectiveTime(At, StampUse.None), context.Effective);
    }

    [Fact]
    public void Two_records_of_one_second_are_told_apart_and_the_later_gives_its_identifier_up()
    {
        AcquiredReading first = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();
        AcquiredReading again = Accept(0x1810, 0x2A35, BloodPressure).Readings.Single();
        AcquiredReading other = Accept(0x1810, 0x2A35, BloodPressure.Replace("1E80", "1E81", StringComparison.Ordinal)).Readings.Single();
        Assert.Equal(first.Identity, again.Identity);
        Assert.False(again.IdentifierTaken);
        Assert.NotEqual(first.Identity, other.Identity);
        Assert.True(other.IdentifierTaken);
    }

    [Fact]
    public void Told_newest_first_all_records_from_before_a_step_of_the_clock_are_a_time_fault()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        StampUse[] uses =
        [
            .. new[] { "020700EA07030E07000078B011", "020600EA07030E07140078B011", "020500EA07030E070A0078B011", "020400EA07030E061E0078B011" }
                .Select(hex => Accept(0x1808, 0x2A18, hex).Readings.Single().Effective.Use),
        ];
        Assert.Equal([StampUse.Mapped, StampUse.AsReported, StampUse.AsReported, StampUse.AsReported], uses);
    }

    [Fact]
    public void Told_newest_first_without_a_step_all_records_are_mapped()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        string[] newestFirst = ["020700EA07030E07140078B011", "020600EA07030E070A0078B011", "020500EA07030E070A0078B011"];
        Assert.All(newestFirst, hex => Assert.Equal(StampUse.Mapped, Accept(0x1808, 0x2A18, hex).Readings.Single().Effective.Use));
    }

    [Fact]
    public void A_new_sensor_counts_its_minutes_anew_which_is_no_step_of_the_clock()
    {
        Accept(0x1805, 0x2A2B, "EA07030E072C00060000");
        Accept(0x181F, 0x2AAA, "EA07030D00000080FF");
        Assert.Equal(StampUse.Mapped, Accept(0x181F, 0x2AA7, "06000C105000").Readings.Single().Effective.Use);
        Accept(0x181F, 0x2AAA, "EA07030E00000080FF");
        Assert.Equal(StampUse.Mapped, Accept(0x181F, 0x2AA7, "06000C100500").Readings.Single().Effective.Use);
    }

    [Fact]
    public void A_stamp_that_no_date_can_map_is_a_time_fault()
    {
        Accept(0x1805, 0x2A2B, "E4070101000000030000");
        AcquiredReading reading = Accept(0x1810, 0x2A35, "0278005000 60000F270C1F173B3B".Replace(" ", "", StringComparison.Ordinal)).Readings.Single();
        Assert.Equal(new EffectiveTime(At, StampUse.NotUsable), reading.Effective);
    }

    [Fact]
    public void A_context_is_derived_from_a_concentration_only()
    {
        Accept(0x1808, 0x2A18, "080700EA07030E070A000100");
        Assert.Equal(0u, Accept(0x1808, 0x2A34, "02070001").Readings.Single().MeasurementCode);
        Accept(0x1808, 0x2A18, "020800EA07030E070A0078B011");
        Assert.Equal(160184u, Accept(0x1808, 0x2A34, "02080001").Readings.Single().MeasurementCode);
    }

    [Fact]
    public void An_early_estimate_leaves_the_identifier_to_the_final_temperature()
    {
        Accept(0x1809, 0x2A1E, "026C0100FFEA07030E072A0A");
        Assert.False(Accept(0x1809, 0x2A1C, "026D0100FFEA07030E072A0A").Readings.Single().IdentifierTaken);
    }

    [Fact]
    public void A_bad_payload_is_rejected_whole_and_the_connection_goes_on()
    {
        SessionOutcome bad = Accept(0x1810, 0x2A35, BloodPressure + "00");
        Assert.Empty(bad.Readings);
        Assert.Equal(DecodeErrorCode.TrailingOctets, bad.Rejected!.Error.Code);
        Assert.Equal(19, bad.Rejected.Error.Offset);
        Assert.Single(Accept(0x1810, 0x2A35, BloodPressure).Readings);
    }

    [Fact]
    public void An_unknown_characteristic_is_rejected_by_name() =>
        Assert.Equal(DecodeErrorCode.UnknownCharacteristic, Accept(0x1816, 0x2A5B, "0102").Rejected!.Error.Code);

    [Fact]
    public void Each_record_of_a_notification_keeps_its_own_octets()
    {
        AcquiredReading[] readings = Accept(0x181F, 0x2AA7, "06000C10050006000C100600").Readings;
        Assert.Equal(2, readings.Length);
        Assert.Equal("06000C100500", Convert.ToHexString(readings[0].Octets));
        Assert.Equal("06000C100600", Convert.ToHexString(readings[1].Octets));
        Assert.NotEqual(readings[0].Identity, readings[1].Identity);
        Assert.Equal(2, readings.Count(reading => (reading with { Reading = null! }).TryDecode(out _)));
    }

    private SessionOutcome Accept(ushort service, ushort characteristic, string hex, DateTimeOffset? at = null) =>
        _session.Accept(new IncomingPayload(service, characteristic, Convert.FromHexString(hex), at ?? At));
}
