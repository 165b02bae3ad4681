using HomeHub.Profiles.ElapsedTime;

namespace HomeHub.Profiles.Tests.ElapsedTime;

/// <summary>Clocks as one number: 820,000,000 s after 2000-01-01T00:00:00 it is 2025-12-25T17:46:40.</summary>
public class ElapsedTimeTests
{
    private const ushort Uuid = ElapsedTimeProfile.CurrentElapsedTimeUuid;

    private static readonly PhdTimestamp Evening = new(2025, 12, 25, 17, 46, 40);

    /// <summary>Resolution in flag bits 2 and 3; parts of a second are left out.</summary>
    [Theory]
    [InlineData("20 0035E0300000 00 00 00 00")]
    [InlineData("24 0912C2E80100 00 00 00 00")]
    [InlineData("28 E70BCFEBBE00 00 00 00 00")]
    [InlineData("2C 0F7716367507 00 00 00 00")]
    public void A_local_clock_is_told_in_whole_seconds(string hex)
    {
        DecodeResult result = Payload.Decode(Uuid, hex);
        Assert.Equal(Evening, result.Clock);
        Assert.False(result.ClockFault);
    }

    [Theory]
    [InlineData("30 0035E0300000 00 08 00 00", 8)]
    [InlineData("30 0035E0300000 00 EC 00 00", -20)]
    [InlineData("30 0035E0300000 00 00 00 00", 0)]
    [InlineData("20 0035E0300000 00 08 00 00", null)]
    public void Its_offset_is_told_where_it_is_used_and_does_not_move_it(string hex, int? quarters) =>
        Assert.Equal(Evening with { OffsetQuarters = (sbyte?)quarters }, Payload.Decode(Uuid, hex).Clock);

    /// <summary>A device time that is unknown makes a time fault (rule 9.6 of docs/phd-fhir-rules.md).</summary>
    [Theory]
    [InlineData("22 0035E0300000 01 00 00 00")]
    [InlineData("32 0035E0300000 01 04 00 00")]
    [InlineData("21 0035E0300000 00 00 00 00")]
    [InlineData("00 0035E0300000 00 00 00 00")]
    [InlineData("20 0035E0300000 00 00 01 00")]
    public void A_clock_that_can_not_be_compared_with_local_stamps_shows_none(string hex)
    {
        DecodeResult result = Payload.Decode(Uuid, hex);
        Assert.Null(result.Error);
        Assert.Equal(default(PhdTimestamp), result.Clock);
        Assert.True(result.ClockFault);
    }

    [Fact]
    public void Reserved_bits_are_ignored() => Assert.Equal(Evening, Payload.Decode(Uuid, "E0 0035E0300000 FF 00 FE FC").Clock);

    /// <summary>8,000 years of 365.2425 days are 252,455,616,000 s.</summary>
    [Fact]
    public void A_time_of_day_after_the_year_9999_is_rejected_and_a_tick_counter_is_not()
    {
        Assert.Equal(new PhdTimestamp(9999, 12, 31, 23, 59, 59), Payload.Decode(Uuid, "20 FFFD86C73A00 00 00 00 00").Clock);
        Payload.MustBeRejected(Uuid, "20 00FE86C73A00 00 00 00 00", DecodeErrorCode.FieldOutOfRange, "Time Value", 1);
        Payload.MustBeRejected(Uuid, "22 FFFFFFFFFFFF 00 00 00 00", DecodeErrorCode.FieldOutOfRange, "Time Value", 1);
        Assert.Null(Payload.Decode(Uuid, "21 FFFFFFFFFFFF 00 00 00 00").Error);
        Assert.Null(Payload.Decode(Uuid, "2C FFFFFFFFFFFF 00 00 00 00").Error);
    }

    [Fact]
    public void Nine_octets_are_what_is_written_and_not_what_is_read()
    {
        Payload.MustBeRejected(Uuid, "20 0035E0300000 00 00", DecodeErrorCode.Truncated, "Clock Status", 9);
        Payload.MustBeWholeOnlyAsItIs(Uuid, "20 0035E0300000 00 00 00 00");
    }
}
