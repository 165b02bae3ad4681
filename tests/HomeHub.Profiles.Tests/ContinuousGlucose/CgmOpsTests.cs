using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

/// <summary>CGM Specific Ops Control Point; octets laid out by hand from the CGM Service 1.0.2, 3.8.</summary>
public sealed class CgmOpsTests
{
    private static readonly SessionContext Plain = new() { CgmFeature = 0 }, Protected = new() { CgmFeature = 0x1000 };

    [Fact]
    public void Requests_are_as_the_specification_says()
    {
        Assert.Equal([0x1A], CgmOpsControlPoint.StartSession(Plain));
        Assert.Equal([0x1B], CgmOpsControlPoint.StopSession(Plain));
        Assert.Equal([0x02], CgmOpsControlPoint.GetCommunicationInterval(SessionContext.Empty));
        Assert.Equal([0x01, 0x05], CgmOpsControlPoint.SetCommunicationInterval(5, Plain));
        Assert.Equal([0x05, 0xFF, 0xFF], CgmOpsControlPoint.GetCalibration(CgmCalibration.MostRecent, Plain));
    }

    [Theory]
    [InlineData(CgmOpCode.GetPatientHigh, 0x08)]
    [InlineData(CgmOpCode.GetPatientLow, 0x0B)]
    [InlineData(CgmOpCode.GetHypo, 0x0E)]
    [InlineData(CgmOpCode.GetHyper, 0x11)]
    [InlineData(CgmOpCode.GetRateOfDecrease, 0x14)]
    [InlineData(CgmOpCode.GetRateOfIncrease, 0x17)]
    public void Alert_levels_are_asked_for(CgmOpCode level, byte octet) => Assert.Equal([octet], CgmOpsControlPoint.GetAlertLevel(level, Plain)!);

    [Theory]
    [InlineData(CgmOpCode.SetPatientHigh)]
    [InlineData(CgmOpCode.GetCommunicationInterval)]
    [InlineData(CgmOpCode.StartSession)]
    public void Nothing_else_is_asked_for_as_a_level(CgmOpCode other) => Assert.Null(CgmOpsControlPoint.GetAlertLevel(other, Plain));

    [Fact]
    public void A_sensor_with_checksums_gets_one_least_significant_octet_first()
    {
        byte[] request = CgmOpsControlPoint.SetCommunicationInterval(5, Protected);
        ushort crc = E2eCrc.Of([0x01, 0x05]);
        Assert.Equal([0x01, 0x05, (byte)crc, (byte)(crc >> 8)], request);
    }

    [Fact]
    public void An_interval_is_told()
    {
        Assert.True(CgmOpsAnswer.TryDecode([0x03, 0x05], Plain, out CgmOpsAnswer answer, out _));
        Assert.Equal(((byte?)5, CgmOpResponse.Success), (answer.IntervalMinutes, answer.Response));
    }

    [Theory]
    [InlineData("09B400", CgmOpCode.PatientHigh)]
    [InlineData("0CB400", CgmOpCode.PatientLow)]
    [InlineData("0FB400", CgmOpCode.Hypo)]
    [InlineData("12B400", CgmOpCode.Hyper)]
    [InlineData("15B400", CgmOpCode.RateOfDecrease)]
    [InlineData("18B400", CgmOpCode.RateOfIncrease)]
    public void A_level_is_told(string hex, CgmOpCode opCode)
    {
        Assert.True(CgmOpsAnswer.TryDecode(Convert.FromHexString(hex), Plain, out CgmOpsAnswer answer, out _));
        Assert.Equal((opCode, 180m), (answer.OpCode, answer.Level!.Value.ToValue().Number));
    }

    [Fact]
    public void A_calibration_is_told()
    {
        Assert.True(CgmOpsAnswer.TryDecode(Convert.FromHexString("0664000A0065140007" + "0002"), Plain, out CgmOpsAnswer answer, out _));
        CgmCalibration told = answer.Calibration!.Value;
        Assert.Equal((100m, 10, 0x65, 20, 7, 2), (told.Concentration.ToValue().Number, told.TimeOffset, told.TypeAndLocation, told.NextTimeOffset, told.RecordNumber, told.Status));
    }

    [Theory]
    [InlineData(1, CgmOpResponse.Success)]
    [InlineData(2, CgmOpResponse.OpCodeNotSupported)]
    [InlineData(3, CgmOpResponse.InvalidOperand)]
    [InlineData(4, CgmOpResponse.ProcedureNotCompleted)]
    [InlineData(5, CgmOpResponse.ParameterOutOfRange)]
    [InlineData(0xF0, (CgmOpResponse)0xF0)]
    public void A_response_code_tells_how_a_procedure_ended(byte code, CgmOpResponse response)
    {
        Assert.True(CgmOpsAnswer.TryDecode([0x1C, 0x1A, code], Plain, out CgmOpsAnswer answer, out _));
        Assert.Equal((CgmOpCode.StartSession, response), (answer.RequestOpCode, answer.Response));
    }

    [Theory]
    [InlineData("", DecodeErrorCode.Truncated, "Op Code", 0, false)]
    [InlineData("1A", DecodeErrorCode.FieldOutOfRange, "Op Code", 0, false)]
    [InlineData("1C1A", DecodeErrorCode.Truncated, "Response Code Value", 2, false)]
    [InlineData("0664000A006514000700", DecodeErrorCode.Truncated, "Calibration Status", 10, false)]
    [InlineData("030500", DecodeErrorCode.TrailingOctets, "end of payload", 2, false)]
    [InlineData("03050000", DecodeErrorCode.CrcMismatch, "E2E-CRC", 2, false)]
    [InlineData("0305", DecodeErrorCode.CrcMismatch, "E2E-CRC", 2, true)]
    [InlineData("03050000", DecodeErrorCode.CrcMismatch, "E2E-CRC", 2, true)]
    public void What_is_none_is_rejected_with_field_and_offset(string hex, DecodeErrorCode code, string field, int offset, bool isProtected)
    {
        Assert.False(CgmOpsAnswer.TryDecode(Convert.FromHexString(hex), isProtected ? Protected : Plain, out _, out DecodeError error));
        Assert.Equal((field, offset, CgmOpsControlPoint.Uuid), (error.Field, error.Offset, error.Characteristic));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void A_checksum_that_is_right_is_accepted_also_where_the_feature_was_not_read()
    {
        ushort crc = E2eCrc.Of([0x03, 0x05]);
        byte[] octets = [0x03, 0x05, (byte)crc, (byte)(crc >> 8)];
        Assert.True(CgmOpsAnswer.TryDecode(octets, Protected, out _, out _));
        Assert.True(CgmOpsAnswer.TryDecode(octets, SessionContext.Empty, out CgmOpsAnswer answer, out _));
        Assert.Equal((byte?)5, answer.IntervalMinutes);
    }
}
