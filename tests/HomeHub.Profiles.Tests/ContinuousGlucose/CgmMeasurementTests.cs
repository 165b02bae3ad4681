using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using HomeHub.Profiles.ContinuousGlucose;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

public class CgmMeasurementTests
{
    private const ushort Uuid = CgmProfile.MeasurementUuid;

    /// <summary>A real stack's test record: 12.34 mg/dL at minute 5, status 02 14 FF, trend 0.2, quality 99.7, CRC.</summary>
    private const string Full = "0F E3 D2E4 0500 02 14 FF 02F0 E5F3 8E3F";

    [Fact]
    public void A_full_record()
    {
        Reading reading = Payload.Reading(Uuid, Full);
        Assert.Equal((ushort)5, reading.SequenceNumber);
        Assert.Null(reading.Timestamp);
        Assert.False(reading.ClockFault);
        Assert.Equal(0..15, reading.Octets);
        Assert.Equal(4, reading.Values.Length);
        MustBe(reading.Values[0], new(160212, "MDC_CONC_GLU_ISF"), "12.34", "mg/dL");
        MustBe(reading.Values[1], new(8418008, "MDC_CONC_GLU_TREND"), "0.2", "mg/dL/min");
        Assert.Empty(Assert.IsType<NumericValue>(reading.Values[0]).SupplementalTypes);
        var sensor = Assert.IsType<BitsEnumerationValue>(reading.Values[2]);
        Assert.Equal(new MdcTerm(8418060, "MDC_CGM_DEV_STAT"), sensor.Code);
        Assert.Equal([8, 10, 12, 13, 14, 15, 16, 17, 18, 19], sensor.Bits.Select(bit => (int)bit.Bit));
        var device = Assert.IsType<BitsEnumerationValue>(reading.Values[3]);
        Assert.Equal(new MdcTerm(8408608, "MDC_PHD_DM_DEV_STAT"), device.Code);
        Assert.Equal([new BitState(25, "device-status-battery-low", true)], device.Bits);
        Assert.Equal([0, 0], new[] { sensor.DerivedFrom, device.DerivedFrom });
        Assert.All(reading.Values, value => Assert.Equal((UploadRule.Always, ValueSubject.Patient), (value.Upload, value.Subject)));
    }

    [Theory]
    [InlineData("07 80 7800 0500 01", 8418060u, 0, "sensor-session-stopped")]
    [InlineData("07 80 7800 0500 02", 8408608u, 25, "device-status-battery-low")]
    [InlineData("07 80 7800 0500 04", 8418060u, 2, "sensor-type-incorrect")]
    [InlineData("07 80 7800 0500 08", 8418060u, 3, "sensor-malfunction")]
    [InlineData("07 80 7800 0500 10", 8418060u, 4, "device-specific-alert")]
    [InlineData("07 80 7800 0500 20", 8408608u, 5, "device-status-error")]
    [InlineData("07 40 7800 0500 01", 8408608u, 16, "device-status-service-time-sync-required")]
    [InlineData("07 40 7800 0500 02", 8418060u, 7, "sensor-calibration-not-allowed")]
    [InlineData("07 40 7800 0500 04", 8418060u, 8, "sensor-calibration-recommended")]
    [InlineData("07 40 7800 0500 08", 8418060u, 9, "sensor-calibration-required")]
    [InlineData("07 40 7800 0500 10", 8418060u, 10, "sensor-temp-too-high")]
    [InlineData("07 40 7800 0500 20", 8418060u, 11, "sensor-temp-too-low")]
    [InlineData("07 20 7800 0500 01", 8418060u, 12, "sensor-result-below-patient-low")]
    [InlineData("07 20 7800 0500 02", 8418060u, 13, "sensor-result-above-patient-high")]
    [InlineData("07 20 7800 0500 04", 8418060u, 14, "sensor-low-hypo")]
    [InlineData("07 20 7800 0500 08", 8418060u, 15, "sensor-high-hyper")]
    [InlineData("07 20 7800 0500 10", 8418060u, 16, "sensor-rate-decrease-exceeded")]
    [InlineData("07 20 7800 0500 20", 8418060u, 17, "sensor-rate-increase-exceeded")]
    [InlineData("07 20 7800 0500 40", 8418060u, 18, "sensor-result-too-low")]
    [InlineData("07 20 7800 0500 80", 8418060u, 19, "sensor-result-too-high")]
    public void An_annunciation_bit(string hex, uint code, byte mderBit, string name)
    {
        Reading reading = Payload.Reading(Uuid, hex);
        Assert.Equal(2, reading.Values.Length);
        var bits = Assert.IsType<BitsEnumerationValue>(reading.Values[1]);
        Assert.Equal(code, bits.Code.Code);
        Assert.Equal([new BitState(mderBit, name, true)], bits.Bits);
        Assert.Equal(mderBit == 16 && code == 8408608, reading.ClockFault);
    }

    [Fact]
    public void Reserved_flags_and_status_bits_are_ignored()
    {
        Assert.Single(Payload.Reading(Uuid, "08 C0 7800 0500 C0 C0").Values);
        Assert.Single(Payload.Reading(Uuid, "06 1C 7800 0500").Values);
    }

    [Theory]
    [InlineData(0x11, 160184u, 8417848u, ValueSubject.Patient)]
    [InlineData(0x59, 160212u, 8417849u, ValueSubject.Patient)]
    [InlineData(0xF8, 160368u, 0u, ValueSubject.Patient)]
    [InlineData(0x6B, 160020u, 0u, ValueSubject.Patient)]
    [InlineData(0x00, 160020u, 0u, ValueSubject.Patient)]
    [InlineData(0x4A, 160208u, 8417860u, ValueSubject.Device)]
    public void The_feature_tells_the_kind_of_sample(byte typeAndLocation, uint code, uint location, ValueSubject subject)
    {
        SessionContext context = SessionContext.Empty with { CgmTypeAndLocation = typeAndLocation };
        var glucose = Assert.IsType<NumericValue>(Assert.Single(Payload.Reading(Uuid, "06 00 7800 0500", context).Values));
        Assert.Equal(code, glucose.Code.Code);
        Assert.Equal(location == 0 ? [] : [location], glucose.SupplementalTypes.Select(type => type.Code));
        Assert.Equal(subject, glucose.Subject);
    }

    [Theory]
    [InlineData(2026, 3, 14, "2026-03-15T08:15:10")]
    [InlineData(2026, 0, 14, null)]
    [InlineData(2026, 2, 31, null)]
    public void The_stamp_counts_from_the_session_start(int year, int month, int day, string? expected)
    {
        var start = new PhdTimestamp((ushort)year, (byte)month, (byte)day, 7, 42, 10, 8);
        Reading reading = Payload.Reading(Uuid, "06 00 7800 C105", SessionContext.Empty with { CgmSessionStart = start });
        Assert.Equal(expected, reading.Timestamp?.ToString());
        Assert.Equal(expected is null ? null : (sbyte)8, reading.Timestamp?.OffsetQuarters);
        Assert.Equal((ushort)0x05C1, reading.SequenceNumber);
    }

    [Fact]
    public void Records_of_different_sizes_lie_end_to_end()
    {
        string hex = $"06 00 7800 0500 {Full} 08 01 7700 0600 FF07";
        DecodeResult result = Payload.Decode(Uuid, hex);
        Assert.Null(result.Error);
        Assert.Equal([0..6, 6..21, 21..29], result.Readings.Select(reading => reading.Octets));
        Assert.Equal([(ushort)5, (ushort)5, (ushort)6], result.Readings.Select(reading => reading.SequenceNumber!.Value));
        Assert.Equal(AbsenceReason.NotANumber, Assert.IsType<NumericValue>(result.Readings[2].Values[1]).Value.Absence);
    }

    [Fact]
    public void One_bad_record_rejects_all()
    {
        Payload.MustBeRejected(Uuid, "06 00 7800 0500 06 00 7800 06", DecodeErrorCode.Truncated, "Time Offset", 10);
        Payload.MustBeRejected(Uuid, "06 00 7800 0500 06", DecodeErrorCode.Truncated, "Flags", 7);
        Payload.MustBeRejected(Uuid, "06 00 7800 0500 00", DecodeErrorCode.Truncated, "Flags", 7);
        Payload.MustBeRejected(Uuid, "06 00 7800 0500 0000", DecodeErrorCode.FieldOutOfRange, "Size", 6);
        Payload.MustBeRejected(Uuid, "06 00 7800 0500 06 00 FFFF 0600", DecodeErrorCode.FillerRecord, "CGM Glucose Concentration", 8);
        Payload.MustBeRejected(Uuid, Full.Replace("8E3F", "8E3E", StringComparison.Ordinal), DecodeErrorCode.CrcMismatch, "E2E-CRC", 13);
    }

    [Theory]
    [InlineData("05 00 7800 05")]
    [InlineData("07 00 7800 0500 00")]
    [InlineData("09 00 7800 0500 000000")]
    [InlineData("06 01 7800 0500")]
    [InlineData("06 02 7800 0500")]
    [InlineData("06 80 7800 0500")]
    [InlineData("FF 00 7800 0500")]
    public void A_size_that_the_flags_do_not_explain(string hex) =>
        Payload.MustBeRejected(Uuid, hex, DecodeErrorCode.FieldOutOfRange, "Size", 0);

    [Fact]
    public void The_feature_decides_whether_there_is_a_crc()
    {
        const string Plain = "06 00 7800 0500";
        string withCrc = CgmPayload.AppendCrc("08 00 7800 0500");
        Assert.Single(Payload.Decode(Uuid, Plain).Readings);
        Assert.Single(Payload.Decode(Uuid, withCrc).Readings);
        Assert.Single(Payload.Decode(Uuid, Plain, CgmPayload.WithoutCrc).Readings);
        Assert.Single(Payload.Decode(Uuid, withCrc, CgmPayload.WithCrc).Readings);
        Payload.MustBeRejected(Uuid, Plain, DecodeErrorCode.CrcMismatch, "E2E-CRC", 6, CgmPayload.WithCrc);
        Payload.MustBeRejected(Uuid, withCrc, DecodeErrorCode.CrcMismatch, "E2E-CRC", 6, CgmPayload.WithoutCrc);
        Assert.Equal(2, Payload.Decode(Uuid, $"{withCrc} {withCrc}", CgmPayload.WithCrc).Readings.Length);
        Payload.MustBeRejected(Uuid, $"{withCrc} {Plain}", DecodeErrorCode.CrcMismatch, "E2E-CRC", 14, CgmPayload.WithCrc);
    }

    [Fact]
    public void Every_cut_of_a_single_record_is_rejected()
    {
        byte[] whole = Payload.Octets(Full);
        for (int length = 0; length < whole.Length; length++)
        {
            foreach (SessionContext context in new[] { SessionContext.Empty, CgmPayload.WithCrc })
            {
                DecodeError? error = ProfileRegistry.Decode(Uuid, whole.AsSpan(0, length), context).Error;
                Assert.Equal(DecodeErrorCode.Truncated, error?.Code);
                Assert.InRange(error!.Value.Offset, 0, length);
            }
        }
    }

    [Fact]
    public void Whatever_the_octets_records_tile_the_notification_or_all_are_rejected()
    {
        SessionContext[] contexts = [SessionContext.Empty, CgmPayload.WithCrc, CgmPayload.WithoutCrc];
        // Sizes and flags of real records, so that some of the payloads are whole.
        Gen<byte[]> record = Gen.Choose(0, 255).Select(x => (byte)x).ArrayOf(4)
            .SelectMany(tail => Gen.Elements<byte[]>([6, 0], [8, 0], [8, 1], [7, 0x80], [5, 0], [9, 0xE0]).Select(head => (byte[])[.. head, .. tail]));
        Gen<byte[]> payloads = Gen.OneOf(
            record.ListOf().Select(records => records.SelectMany(r => r).Take(64).ToArray()),
            Gen.Choose(0, 255).Select(x => (byte)x).ArrayOf());
        Prop.ForAll(payloads.ToArbitrary(), octets => Array.TrueForAll(contexts, context => Tiles(octets, context))).QuickCheckThrowOnFailure();
    }

    private static bool Tiles(byte[] octets, SessionContext context)
    {
        DecodeResult result = ProfileRegistry.Decode(Uuid, octets, context);
        if (result.Error is { } error)
        {
            return result.Readings.Length == 0 && error.Offset >= 0 && error.Offset <= octets.Length && error.Field.Length > 0;
        }

        int at = 0;
        foreach (Reading reading in result.Readings)
        {
            (int offset, int length) = reading.Octets.GetOffsetAndLength(octets.Length);
            Assert.Equal(at, offset);
            at += length;
        }

        return result.Readings.Length > 0 && at == octets.Length;
    }

    private static void MustBe(ReadingValue value, MdcTerm code, string number, string ucum)
    {
        var numeric = Assert.IsType<NumericValue>(value);
        Assert.Equal(code, numeric.Code);
        Assert.Equal(number, numeric.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(ucum, numeric.Unit.Ucum);
        Assert.Null(numeric.DerivedFrom);
    }
}
