using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Profiles.Tests.RecordAccess;

/// <summary>Octets by the Glucose Service 1.0.1, 3.4 (tables 3.9 to 3.11).</summary>
public sealed class RecordAccessControlPointTests
{
    [Fact]
    public void Requests_are_as_the_specification_says()
    {
        Assert.Equal([0x01, 0x01], RecordAccessControlPoint.ReportAll());
        Assert.Equal([0x01, 0x03, 0x01, 0x34, 0x12], RecordAccessControlPoint.ReportFrom(0x1234));
        Assert.Equal([0x04, 0x01], RecordAccessControlPoint.CountAll());
        Assert.Equal([0x03, 0x00], RecordAccessControlPoint.Abort());
    }

    [Theory]
    [InlineData("06000101", 0x01, RecordAccessResponse.Success)]
    [InlineData("06000106", 0x01, RecordAccessResponse.NoRecordsFound)]
    [InlineData("06000104", 0x01, RecordAccessResponse.OperatorNotSupported)]
    [InlineData("06000301", 0x03, RecordAccessResponse.Success)]
    [InlineData("0600010A", 0x01, RecordAccessResponse.ServerBusy)]
    [InlineData("060001F0", 0x01, (RecordAccessResponse)0xF0)]
    public void A_response_tells_how_the_procedure_ended(string hex, byte request, RecordAccessResponse response)
    {
        Assert.True(RecordAccessAnswer.TryDecode(Convert.FromHexString(hex), out RecordAccessAnswer answer, out _));
        Assert.Equal(new RecordAccessAnswer(request, response, null), answer);
    }

    [Fact]
    public void A_number_of_records_is_a_number()
    {
        Assert.True(RecordAccessAnswer.TryDecode([0x05, 0x00, 0xF4, 0x01], out RecordAccessAnswer answer, out _));
        Assert.Equal((ushort)500, answer.NumberOfRecords);
    }

    [Theory]
    [InlineData("", "Op Code", 0)]
    [InlineData("06", "Operator", 1)]
    [InlineData("060001", "Response Code Value", 3)]
    [InlineData("0500F4", "Number of Records", 2)]
    [InlineData("0600010100", "end of payload", 4)]
    [InlineData("07000101", "Op Code", 0)]
    [InlineData("06010101", "Operator", 1)]
    public void What_is_none_is_rejected_with_field_and_offset(string hex, string field, int offset)
    {
        Assert.False(RecordAccessAnswer.TryDecode(Convert.FromHexString(hex), out _, out DecodeError error));
        Assert.Equal((field, offset, RecordAccessControlPoint.Uuid), (error.Field, error.Offset, error.Characteristic));
    }
}
