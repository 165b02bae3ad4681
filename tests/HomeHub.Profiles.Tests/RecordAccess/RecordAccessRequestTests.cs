using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Profiles.Tests.RecordAccess;

/// <summary>Octets laid out by hand from the Glucose Service 1.0.1, tables 3.9 and 3.10, little-endian; Date Time by the GATT Specification Supplement.</summary>
public sealed class RecordAccessRequestTests
{
    private const RecordAccessOpCode Report = RecordAccessOpCode.ReportRecords, Count = RecordAccessOpCode.ReportNumber, Delete = RecordAccessOpCode.DeleteRecords;
    private static readonly PhdTimestamp Morning = new(2026, 3, 14, 7, 42, 10), Noon = new(2026, 3, 14, 12, 0, 0);

    public static TheoryData<string, RecordAccessRequest> Requests() => new()
    {
        { "0101", RecordAccessRequest.All(Report) },
        { "0105", RecordAccessRequest.First(Report) },
        { "0106", RecordAccessRequest.Last(Report) },
        { "0103013412", RecordAccessRequest.From(Report, 0x1234) },
        { "010201FFFF", RecordAccessRequest.UpTo(Report, ushort.MaxValue) },
        { "01040102000300", RecordAccessRequest.Within(Report, 2, 3) },
        { "010302EA07030E072A0A", RecordAccessRequest.From(Report, Morning) },
        { "010402EA07030E072A0AEA07030E0C0000", RecordAccessRequest.Within(Report, Morning, Noon) },
        { "0401", RecordAccessRequest.All(Count) },
        { "0403010500", RecordAccessRequest.From(Count, 5) },
        { "0201", RecordAccessRequest.All(Delete) },
        { "0202010500", RecordAccessRequest.UpTo(Delete, 5) },
        { "0300", RecordAccessRequest.Abort },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Are_written_and_read_as_the_specification_says(string hex, RecordAccessRequest request)
    {
        Assert.Equal(hex, Convert.ToHexString(request.ToOctets()));
        Assert.True(RecordAccessRequest.TryDecode(Convert.FromHexString(hex), out RecordAccessRequest read, out _));
        Assert.Equal(request, read);
    }

    [Theory]
    [InlineData("", DecodeErrorCode.Truncated, "Op Code", 0)]
    [InlineData("01", DecodeErrorCode.Truncated, "Operator", 1)]
    [InlineData("0001", DecodeErrorCode.FieldOutOfRange, "Op Code", 0)]
    [InlineData("0500", DecodeErrorCode.FieldOutOfRange, "Op Code", 0)]
    [InlineData("0701", DecodeErrorCode.FieldOutOfRange, "Op Code", 0)]
    [InlineData("0100", DecodeErrorCode.FieldOutOfRange, "Operator", 1)]
    [InlineData("0107", DecodeErrorCode.FieldOutOfRange, "Operator", 1)]
    [InlineData("0301", DecodeErrorCode.FieldOutOfRange, "Operator", 1)]
    [InlineData("0103", DecodeErrorCode.Truncated, "Filter Type", 2)]
    [InlineData("010300", DecodeErrorCode.FieldOutOfRange, "Filter Type", 2)]
    [InlineData("010303", DecodeErrorCode.FieldOutOfRange, "Filter Type", 2)]
    [InlineData("01030105", DecodeErrorCode.Truncated, "Operand", 3)]
    [InlineData("010302EA07030E072A", DecodeErrorCode.Truncated, "Operand", 9)]
    [InlineData("010302EA070D0E072A0A", DecodeErrorCode.FieldOutOfRange, "Operand", 3)]
    [InlineData("010401020003", DecodeErrorCode.Truncated, "Operand: Maximum", 5)]
    [InlineData("01040103000200", DecodeErrorCode.FieldOutOfRange, "Operand: Maximum", 5)]
    [InlineData("010402EA07030E0C0000EA07030E072A0A", DecodeErrorCode.FieldOutOfRange, "Operand: Maximum", 10)]
    [InlineData("010100", DecodeErrorCode.TrailingOctets, "end of payload", 2)]
    [InlineData("010301050000", DecodeErrorCode.TrailingOctets, "end of payload", 5)]
    public void What_is_none_is_rejected_with_field_and_offset(string hex, DecodeErrorCode code, string field, int offset)
    {
        Assert.False(RecordAccessRequest.TryDecode(Convert.FromHexString(hex), out _, out DecodeError error));
        Assert.Equal(new DecodeError(code, RecordAccessControlPoint.Uuid, field, offset), error);
    }

    [Theory]
    [InlineData("0101", true, true, true)]
    [InlineData("0105", true, true, true)]
    [InlineData("0102010500", true, true, false)]
    [InlineData("0103010500", false, true, true)]
    [InlineData("01040105000500", false, true, false)]
    [InlineData("010202EA07030E072A0A", true, true, false)]
    [InlineData("010302EA07030E072A0A", false, true, true)]
    [InlineData("010402EA07030E072A0AEA07030E072A0A", false, true, false)]
    public void Ends_of_operands_are_included(string hex, bool before, bool at, bool after)
    {
        Assert.True(RecordAccessRequest.TryDecode(Convert.FromHexString(hex), out RecordAccessRequest request, out _));
        Assert.Equal(
            (before, at, after),
            (request.Covers(4, Morning with { Second = 9 }), request.Covers(5, Morning), request.Covers(6, Morning with { Second = 11 })));
    }

    [Fact]
    public void A_record_without_a_time_lies_within_no_operand_of_times()
    {
        RecordAccessRequest request = RecordAccessRequest.From(Report, new PhdTimestamp(0, 0, 0, 0, 0, 0));
        Assert.True(request.Covers(1, Morning));
        Assert.False(request.Covers(1, null));
        Assert.False(request.Covers(1, Morning with { Month = 0 }));
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_not_made() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordAccessRequest.Within(Report, 3, 2));
}
