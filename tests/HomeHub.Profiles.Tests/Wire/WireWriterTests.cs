using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Wire;

public class WireWriterTests
{
    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        var stamp = new PhdTimestamp(2026, 3, 14, 7, 42, 10);
        var writer = new WireWriter(stackalloc byte[64]);
        writer.UInt8(0xFE);
        writer.UInt16(0xABCD);
        writer.Int16(-2);
        writer.UInt24(0x123456);
        writer.UInt32(0x89ABCDEF);
        writer.SFloat(-114, -2);
        writer.Float(-3672, -2);
        writer.DateTime(stamp);
        writer.Octets([1, 2, 3]);

        var reader = new WireReader(writer.ToArray());
        Assert.Equal(0xFE, reader.UInt8("a"));
        Assert.Equal(0xABCD, reader.UInt16("b"));
        Assert.Equal(-2, reader.Int16("c"));
        Assert.Equal(0x123456u, reader.UInt24("d"));
        Assert.Equal(0x89ABCDEFu, reader.UInt32("e"));
        Assert.Equal(MderFloat.Fixed(-114, -2), reader.SFloat("f"));
        Assert.Equal(MderFloat.Fixed(-3672, -2), reader.Float("g"));
        Assert.Equal(stamp, reader.DateTime("h"));
        Assert.Equal([1, 2, 3], reader.Octets(3, "i").ToArray());
        Assert.True(reader.End());
    }

    /// <summary>Word from the Bluetooth SIG's Personal Health Devices Transcoding white paper: 114 is 0x0072, 36.4 is FF00016C.</summary>
    [Fact]
    public void Floats_are_the_words_of_the_specification()
    {
        var writer = new WireWriter(stackalloc byte[6]);
        writer.SFloat(114, 0);
        writer.Float(364, -1);
        Assert.Equal("72006C0100FF", Convert.ToHexString(writer.ToArray()));
    }

    [Theory]
    [InlineData(2046, 0)]
    [InlineData(-2046, 0)]
    [InlineData(1, 8)]
    [InlineData(1, -9)]
    public void A_number_that_does_not_fit_is_a_bug(int mantissa, int exponent)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            var writer = new WireWriter(new byte[2]);
            writer.SFloat(mantissa, exponent);
        });
    }
}
