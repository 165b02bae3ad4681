namespace HomeHub.Profiles.Tests.Decoding;

/// <summary>Status bits that a device's feature does not promise are not reported (PHD rules, 4.3); without a feature all are.</summary>
public class UnsupportedBitTests
{
    [Theory]
    [InlineData(null, "0 1 2 3 5")]
    [InlineData("0000", "")]
    [InlineData("0100", "0")]
    [InlineData("0200", "1")]
    [InlineData("0400", "2")]
    [InlineData("0800", "3")]
    [InlineData("1000", "5")]
    [InlineData("E0FF", "")]
    public void Blood_pressure(string? feature, string bits) =>
        Assert.Equal(bits, Bits(0x2A49, feature, 0x2A35, "10 7800 5000 5D00 2F00"));

    [Theory]
    [InlineData(null, "0 1 2 3 4 5 6 7 8 9 10")]
    [InlineData("0000", "")]
    [InlineData("1F00", "0 1 2 3 4")]
    [InlineData("2000", "5 6")]
    [InlineData("4000", "7 8")]
    [InlineData("8000", "9")]
    [InlineData("0001", "10")]
    [InlineData("00FE", "")]
    public void Glucose(string? feature, string bits)
    {
        const string Record = "0A 0700 EA07030E070A00 63B0 11 FF0F";
        Assert.Equal(bits, Bits(0x2A51, feature, 0x2A18, Record));
        Assert.True(Payload.Reading(0x2A18, Record, ContextOf(0x2A51, feature)).ClockFault);
    }

    [Theory]
    [InlineData(null, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15")]
    [InlineData("0000", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15")]
    [InlineData("0200 000000", "")]
    [InlineData("0300 4010 8001FF", "7 8")]
    public void Oximeter(string? features, string bits)
    {
        Assert.Equal(bits, Bits(0x2A60, features, 0x2A5E, "04 6100 4700 FFFFFF"));
        Assert.Equal(bits, Bits(0x2A60, features, 0x2A5F, "08 6100 4700 FFFFFF"));
    }

    [Theory]
    [InlineData(null, "0 2 3 4 7 8 9 10 11 12 13 14 15 16 17 18 19 5 16 25")]
    [InlineData("000000", "0 16")]
    [InlineData("010000", "0 7 8 9 16")]
    [InlineData("020000", "0 12 13 16")]
    [InlineData("040000", "0 14 16")]
    [InlineData("080000", "0 15 16")]
    [InlineData("100000", "0 16 17 16")]
    [InlineData("200000", "0 4 16")]
    [InlineData("400000", "0 3 16")]
    [InlineData("800000", "0 10 11 16")]
    [InlineData("000100", "0 18 19 16")]
    [InlineData("000200", "0 16 25")]
    [InlineData("000400", "0 2 16")]
    [InlineData("000800", "0 5 16")]
    public void Continuous_glucose(string? features, string bits) =>
        Assert.Equal(bits, Bits(0x2AA8, features is null ? null : features + "59FFFF", 0x2AA7, "09 E0 7800 0500 FFFFFF"));

    private static string Bits(ushort feature, string? hex, ushort characteristic, string record) => string.Join(
        ' ',
        Payload.Reading(characteristic, record, ContextOf(feature, hex)).Values.OfType<BitsEnumerationValue>()
            .SelectMany(value => value.Bits).Select(bit => bit.Bit));

    private static SessionContext? ContextOf(ushort feature, string? hex) => hex is null ? null : Payload.Decode(feature, hex).Context;
}
