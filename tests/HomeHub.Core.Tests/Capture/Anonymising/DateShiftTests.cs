using HomeHub.Core.Capture.Anonymising;
using HomeHub.Profiles;
using HomeHub.Profiles.OmronMemory;
using HomeHub.Profiles.PolarEcg;
using HomeHub.Profiles.TaiDocMeter;

namespace HomeHub.Core.Tests.Capture.Anonymising;

public sealed class DateShiftTests
{
    [Theory]
    [InlineData(2024, 3, 1, 366, 2023, 3, 1)]
    [InlineData(2024, 2, 29, 366, 2023, 2, 28)]
    [InlineData(2023, 2, 29, 366, 2022, 2, 29)]
    [InlineData(2025, 2, 29, 366, 2023, 2, 29)]
    [InlineData(2024, 6, 31, 3653, 2014, 6, 31)]
    [InlineData(0, 3, 14, 400, 0, 0, 0)]
    [InlineData(2024, 0, 14, 400, 0, 0, 0)]
    [InlineData(1970, 1, 1, 400, 1968, 11, 27)]
    public void A_stamp_is_moved_back(int year, int month, int day, int days, int movedYear, int movedMonth, int movedDay)
    {
        Assert.True(new DateShift(days).TryMove(Stamp(year, month, day), out PhdTimestamp moved));
        Assert.Equal(Stamp(movedYear, movedMonth, movedDay), moved);
    }

    [Theory]
    [InlineData(1, 12, 31)]
    [InlineData(1583, 1, 1)]
    [InlineData(1582, 2, 30)]
    public void A_stamp_that_would_become_another_kind_of_date_is_not_moved(int year, int month, int day) =>
        Assert.False(new DateShift(400).TryMove(Stamp(year, month, day), out _));

    [Fact]
    public void An_instant_before_what_capture_lines_hold_is_not_moved()
    {
        Assert.False(new DateShift(400).TryMove(new DateTimeOffset(1905, 1, 1, 0, 0, 0, TimeSpan.Zero), out _));
        Assert.True(new DateShift(400).TryMove(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)), out DateTimeOffset moved));
        Assert.Equal(new DateTimeOffset(1968, 11, 27, 0, 0, 0, TimeSpan.FromHours(2)), moved);
    }

    /// <summary>OMRON-S1 of spec-vectors.tsv: a slot that was captured (eigger/hass-omron@d6758ed2).</summary>
    [Fact]
    public void The_date_of_an_Omron_slot_is_moved_and_what_stands_behind_the_fields_is_gone()
    {
        byte[] frame = Convert.FromHexString("168100039E0E6558541A331ADE1800004C00BA00006E");
        SessionContext context = SessionContext.Empty with { OmronModel = "HEM-7142T2" };
        Assert.True(VendorStamps.MoveOmron(frame, new DateShift(366), context));
        DecodeResult told = ProfileRegistry.Decode(OmronMemoryProfile.AnswerUuid, frame, context);
        Assert.Equal(new PhdTimestamp(2025, 6, 16, 19, 35, 30), told.Readings[0].Timestamp);
        Assert.Equal([0, 0, 0, 0, 0, 0], frame[14..20]);
        Assert.False(VendorStamps.MoveOmron(frame, new DateShift(366), SessionContext.Empty));
        Assert.False(VendorStamps.MoveOmron(Convert.FromHexString("168100039E0E6558541A331ADE1800004C00BA00006E"), new DateShift(10_000), context));
    }

    /// <summary>TAIDOC-S1 of spec-vectors.tsv (frames: glucometers-tech/glucometerutils@9b87a5b).</summary>
    [Fact]
    public void The_date_of_a_TaiDoc_record_is_moved_with_the_sum_of_its_frame()
    {
        byte[] record = Convert.FromHexString("512455420000A5B151256E343B06A5FE51266B000000A587");
        Assert.True(VendorStamps.MoveTaiDoc(record, new DateShift(366), SessionContext.Empty));
        Assert.Equal(new PhdTimestamp(2025, 3, 13, 6, 59, 0), ProfileRegistry.Decode(TaiDocMeterProfile.AnswerUuid, record, SessionContext.Empty).Readings[0].Timestamp);
        Assert.False(VendorStamps.MoveTaiDoc(record, new DateShift(10_000), SessionContext.Empty));
    }

    /// <summary>Head of POLAR-ECG-S1 of spec-vectors.tsv (phdiethelm/h10_ecg@88d1b0c6): 2019-01-01, as a strap's clock begins.</summary>
    [Fact]
    public void The_time_of_a_straps_frame_is_moved_by_whole_days()
    {
        byte[] frame = Convert.FromHexString("0091F770AA30495208007A0000");
        Assert.True(VendorStamps.MovePolar(frame, new DateShift(366), SessionContext.Empty));
        var moved = (SampledValue)ProfileRegistry.Decode(PolarEcgProfile.DataUuid, frame, SessionContext.Empty).Readings[0].Values[0];
        Assert.Equal(599_622_173_760_485_265 - (366 * 86_400_000_000_000), (long)moved.LastAtNanoseconds);
        Assert.False(VendorStamps.MovePolar(frame, new DateShift(10_000), SessionContext.Empty));
    }

    [Fact]
    public void The_day_of_the_week_goes_with_the_date_of_a_clock()
    {
        // Thursday, 14 March 2024; 366 days before, 14 March 2023, it was Tuesday.
        byte[] clock = Convert.FromHexString("E807030E073B0004FF00");
        Assert.True(StampWriting.MoveCurrentTime(clock, new DateShift(366), SessionContext.Empty));
        Assert.Equal("E707030E073B0002FF00", Convert.ToHexString(clock));
        Assert.Equal(DayOfWeek.Tuesday, new DateTime(2023, 3, 14).DayOfWeek);
    }

    /// <summary>366 days are 31,622,400 s; at 100 ms ten times as many units.</summary>
    [Theory]
    [InlineData("200035E030000000000000", "2000B0FD2E000000000000", true)]
    [InlineData("240912C2E8010000000000", "2409E0E8D5010000000000", true)]
    [InlineData("210035E030000000000000", "210035E030000000000000", true)]
    [InlineData("2000000100000000000000", "2000000100000000000000", false)]
    public void The_date_of_a_clock_that_counts_is_moved_in_its_units_and_a_tick_counter_has_none(string hex, string expected, bool isMoved)
    {
        byte[] clock = Convert.FromHexString(hex);
        Assert.Equal(isMoved, StampWriting.MoveElapsedTime(clock, new DateShift(366), SessionContext.Empty));
        Assert.Equal(expected, Convert.ToHexString(clock));
    }

    private static PhdTimestamp Stamp(int year, int month, int day) => new((ushort)year, (byte)month, (byte)day, 7, 59, 0);
}
