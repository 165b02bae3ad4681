using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Wire;

/// <summary>The cursor: little-endian, never past the end, and the first error stays.</summary>
public class WireReaderTests
{
    private const ushort Uuid = 0x2A35;

    [Fact]
    public void Reads_little_endian_and_signed()
    {
        var reader = new WireReader([0xFF, 0x80, 0x34, 0x12, 0xFE, 0xFF, 0x56, 0x34, 0x12, 0x78, 0x56, 0x34, 0x92, 6, 5, 4, 3, 2, 0x81, 0xAA, 0xBB]);
        Assert.Equal(0xFF, reader.UInt8("a"));
        Assert.Equal(-128, reader.Int8("b"));
        Assert.Equal(0x1234, reader.UInt16("c"));
        Assert.Equal(-2, reader.Int16("d"));
        Assert.Equal(0x123456u, reader.UInt24("e"));
        Assert.Equal(0x92345678u, reader.UInt32("f"));
        Assert.Equal(0x810203040506ul, reader.UInt48("u48"));
        Assert.Equal(19, reader.Offset);
        Assert.Equal(2, reader.Remaining);
        Assert.Equal([0xAA, 0xBB], reader.Octets(2, "g").ToArray());
        Assert.True(reader.End());
        Assert.False(reader.Failed);
    }

    [Fact]
    public void The_first_field_that_is_missing_is_named_and_stays()
    {
        var reader = new WireReader([1, 2, 3]);
        reader.UInt16("first");
        Assert.Equal(0, reader.UInt16("second"));
        Assert.Equal(0, reader.UInt8("third"));
        Assert.Equal(0u, reader.UInt32("fourth"));
        Assert.True(reader.Octets(1, "fifth").IsEmpty);
        Assert.False(reader.End());
        Assert.Equal(new DecodeError(DecodeErrorCode.Truncated, Uuid, "second", 2), reader.Error(Uuid));
    }

    [Fact]
    public void Each_width_is_checked()
    {
        Assert.Equal("u8", Cut(0, (ref reader) => reader.UInt8("u8")));
        Assert.Equal("i8", Cut(0, (ref reader) => reader.Int8("i8")));
        Assert.Equal("u16", Cut(1, (ref reader) => reader.UInt16("u16")));
        Assert.Equal("i16", Cut(1, (ref reader) => reader.Int16("i16")));
        Assert.Equal("u24", Cut(2, (ref reader) => reader.UInt24("u24")));
        Assert.Equal("u32", Cut(3, (ref reader) => reader.UInt32("u32")));
        Assert.Equal("u48", Cut(5, (ref reader) => reader.UInt48("u48")));
        Assert.Equal("sfloat", Cut(1, (ref reader) => reader.SFloat("sfloat")));
        Assert.Equal("float", Cut(3, (ref reader) => reader.Float("float")));
        Assert.Equal("date", Cut(6, (ref reader) => reader.DateTime("date")));
        Assert.Equal("octets", Cut(6, (ref reader) => reader.Octets(7, "octets")));
    }

    [Fact]
    public void What_is_left_over_is_an_error_at_its_first_octet()
    {
        var reader = new WireReader([1, 2, 3]);
        reader.UInt8("only");
        Assert.False(reader.End());
        Assert.Equal(new DecodeError(DecodeErrorCode.TrailingOctets, Uuid, "end of payload", 1), reader.Error(Uuid));
    }

    [Fact]
    public void The_first_reason_to_reject_stays()
    {
        var reader = new WireReader([1]);
        reader.Reject(DecodeErrorCode.FillerRecord, "a", 0);
        reader.Reject(DecodeErrorCode.CrcMismatch, "b", 1);
        Assert.Equal(0, reader.UInt8("c"));
        Assert.Equal(new DecodeError(DecodeErrorCode.FillerRecord, Uuid, "a", 0), reader.Error(Uuid));
    }

    [Theory]
    [InlineData("0F270C1F173B3B", "9999-12-31T23:59:59")]
    [InlineData("00000000000000", "0000-00-00T00:00:00")]
    [InlineData("0100021F000000", "0001-02-31T00:00:00")]
    public void A_date_keeps_what_a_clock_can_show(string hex, string text)
    {
        var reader = new WireReader(Payload.Octets(hex));
        Assert.Equal(text, reader.DateTime("date").ToString());
        Assert.True(reader.End());
    }

    [Theory]
    [InlineData("10270101000000")]
    [InlineData("EA070D01000000")]
    [InlineData("EA070120000000")]
    [InlineData("EA070101180000")]
    [InlineData("EA070101003C00")]
    [InlineData("EA07010100003C")]
    [InlineData("FFFFFFFFFFFFFF")]
    public void A_date_that_no_clock_can_show_is_rejected(string hex)
    {
        var reader = new WireReader([0, .. Payload.Octets(hex)]);
        reader.UInt8("before");
        Assert.Equal(default, reader.DateTime("date"));
        Assert.Equal(new DecodeError(DecodeErrorCode.FieldOutOfRange, Uuid, "date", 1), reader.Error(Uuid));
    }

    private delegate void Read(ref WireReader reader);

    /// <summary>The field that a read names when there are only so many octets.</summary>
    private static string Cut(int octets, Read read)
    {
        var reader = new WireReader(new byte[octets]);
        read(ref reader);
        DecodeError error = reader.Error(Uuid);
        Assert.Equal(DecodeErrorCode.Truncated, error.Code);
        Assert.InRange(error.Offset, 0, octets);
        return error.Field;
    }
}
