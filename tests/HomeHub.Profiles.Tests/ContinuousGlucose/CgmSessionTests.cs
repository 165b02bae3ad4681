using HomeHub.Profiles.ContinuousGlucose;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

public class CgmSessionTests
{
    private const ushort Feature = CgmProfile.FeatureUuid;
    private const ushort Start = CgmProfile.SessionStartUuid;
    private const ushort RunTime = CgmProfile.RunTimeUuid;
    private const string Date = "EA07030E072A0A";

    [Theory]
    [InlineData("6E9E01 16 8AC1", 0x019E6E, 0x16)]
    [InlineData("6E8E01 16 FFFF", 0x018E6E, 0x16)]
    [InlineData("0000FE 59 FFFF", 0xFE0000, 0x59)]
    public void Feature_is_kept_as_it_is(string hex, int feature, byte typeAndLocation) =>
        Assert.Equal(
            SessionContext.Empty with { CgmFeature = (uint)feature, CgmTypeAndLocation = typeAndLocation },
            Payload.Decode(Feature, hex).Context);

    [Fact]
    public void Feature_without_crc_support_holds_the_filler_and_nothing_else()
    {
        Payload.MustBeRejected(Feature, "6E8E01 16 AFBE", DecodeErrorCode.CrcMismatch, "E2E-CRC", 4);
        Payload.MustBeRejected(Feature, "6E9E01 16 FFFF", DecodeErrorCode.CrcMismatch, "E2E-CRC", 4);
        Payload.MustBeRejected(Feature, "6E8E01 16", DecodeErrorCode.Truncated, "E2E-CRC", 4);
        Payload.MustBeWholeOnlyAsItIs(Feature, "6E8E01 16 FFFF");
        Payload.MustBeWholeOnlyAsItIs(Feature, "6E9E01 16 8AC1");
    }

    [Theory]
    [InlineData("04 00", 4)]
    [InlineData("04 04", 8)]
    [InlineData("D0 00", -48)]
    [InlineData("38 08", 64)]
    [InlineData("16 02", 24)]
    [InlineData("80 04", null)]
    [InlineData("04 FF", null)]
    [InlineData("80 FF", null)]
    public void The_offset_is_known_when_zone_and_daylight_saving_are(string zoneAndDst, int? quarters) =>
        Assert.Equal(
            new PhdTimestamp(2026, 3, 14, 7, 42, 10, (sbyte?)quarters),
            Payload.Decode(Start, $"{Date} {zoneAndDst}").Context?.CgmSessionStart);

    [Theory]
    [InlineData("CF 00", "Time Zone", 7)]
    [InlineData("39 00", "Time Zone", 7)]
    [InlineData("81 FF", "Time Zone", 7)]
    [InlineData("04 01", "DST-Offset", 8)]
    [InlineData("04 FE", "DST-Offset", 8)]
    [InlineData("80 03", "DST-Offset", 8)]
    public void Reserved_zones_are_out_of_range(string zoneAndDst, string field, int offset) =>
        Payload.MustBeRejected(Start, $"{Date} {zoneAndDst}", DecodeErrorCode.FieldOutOfRange, field, offset);

    [Fact]
    public void A_start_that_is_no_date_is_rejected() =>
        Payload.MustBeRejected(Start, "EA07030E073C0A 04 00", DecodeErrorCode.FieldOutOfRange, "Session Start Time", 0);

    [Theory]
    [InlineData(Start, "EA07030E072A0A 04 00", 9)]
    [InlineData(RunTime, "F000", 2)]
    public void The_feature_decides_whether_there_is_a_crc(ushort uuid, string plain, int length)
    {
        string withCrc = CgmPayload.AppendCrc(plain), wrong = plain + "0000";
        Assert.Null(Payload.Decode(uuid, plain).Error);
        Assert.Null(Payload.Decode(uuid, withCrc).Error);
        Assert.Null(Payload.Decode(uuid, plain, CgmPayload.WithoutCrc).Error);
        Assert.Null(Payload.Decode(uuid, withCrc, CgmPayload.WithCrc).Error);
        Payload.MustBeRejected(uuid, plain, DecodeErrorCode.CrcMismatch, "E2E-CRC", length, CgmPayload.WithCrc);
        Payload.MustBeRejected(uuid, withCrc, DecodeErrorCode.CrcMismatch, "E2E-CRC", length, CgmPayload.WithoutCrc);
        Payload.MustBeRejected(uuid, wrong, DecodeErrorCode.CrcMismatch, "E2E-CRC", length);
        Payload.MustBeRejected(uuid, wrong, DecodeErrorCode.CrcMismatch, "E2E-CRC", length, CgmPayload.WithCrc);
        Payload.MustBeRejected(uuid, plain + "00", DecodeErrorCode.Truncated, "E2E-CRC", length);
        Payload.MustBeRejected(uuid, plain + "00", DecodeErrorCode.TrailingOctets, "end of payload", length, CgmPayload.WithoutCrc);
        Payload.MustBeRejected(uuid, withCrc + "00", DecodeErrorCode.TrailingOctets, "end of payload", length + 2, CgmPayload.WithCrc);
        Payload.MustBeWholeOnlyAsItIs(uuid, plain, CgmPayload.WithoutCrc);
    }

    [Fact]
    public void Run_time_is_hours_about_the_device()
    {
        Reading reading = Payload.Reading(RunTime, "F000");
        var hours = Assert.IsType<NumericValue>(Assert.Single(reading.Values));
        Assert.Equal(new MdcTerm(8418040, "MDC_CGM_SENSOR_RUN_TIME"), hours.Code);
        Assert.Equal((MeasuredValue.Of(240m), Units.Hour), (hours.Value, hours.Unit));
        Assert.Equal((ValueSubject.Device, UploadRule.OnChange), (hours.Subject, hours.Upload));
        Assert.Null(reading.SequenceNumber);
    }

    [Fact]
    public void Run_time_cut_short() => Payload.MustBeRejected(RunTime, "F0", DecodeErrorCode.Truncated, "CGM Session Run Time", 0);

    [Fact]
    public void What_the_connection_told_stays_in_the_context()
    {
        SessionContext? context = Payload.Decode(Feature, "000000 59 FFFF").Context;
        context = Payload.Decode(Start, $"{Date} 04 00", context).Context;
        Assert.Equal(0u, context?.CgmFeature);
        Assert.Equal((byte)0x59, context?.CgmTypeAndLocation);
        Assert.Equal((sbyte)4, context?.CgmSessionStart?.OffsetQuarters);
    }
}
