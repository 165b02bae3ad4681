using System.Buffers;
using System.Text;

namespace HomeHub.Contract.Tests;

public class BrotliPayloadTests
{
    private static byte[] Text(int bytes) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, (bytes / 8) + 1).Select(i => $"{i:x7},")))[..bytes];

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 11)]
    [InlineData(900, 11)]
    [InlineData(100_000, 0)]
    [InlineData(1_000_000, 5)]
    public void What_goes_in_comes_out(int bytes, int quality)
    {
        var bundle = Text(bytes);
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(BrotliPayload.Decompress(BrotliPayload.Compress(bundle, quality), output));
        Assert.Equal(bundle, output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    public void Quality_out_of_range_is_refused(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BrotliPayload.Compress([1], quality));

    [Fact]
    public void The_limit_itself_fits_and_one_byte_more_is_a_bomb()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(BrotliPayload.Decompress(BrotliPayload.Compress(new byte[ContractLimits.MaxBundleBytes], 5), output));
        Assert.Equal(ContractLimits.MaxBundleBytes, output.WrittenCount);
        output.Clear();
        Assert.Equal(ReasonCode.DecompressionBomb, BrotliPayload.Decompress(BrotliPayload.Compress(new byte[ContractLimits.MaxBundleBytes + 1], 5), output));
        Assert.InRange(output.WrittenCount, 0, ContractLimits.MaxBundleBytes + 1);
    }

    [Fact]
    public void A_bomb_is_stopped_at_the_limit()
    {
        var bomb = BrotliPayload.Compress(new byte[64 * 1024 * 1024], 5);
        Assert.InRange(bomb.Length, 1, ContractLimits.MaxPayloadBytes);
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(ReasonCode.DecompressionBomb, BrotliPayload.Decompress(bomb, output, 10_000));
        Assert.Equal(10_001, output.WrittenCount);
    }

    [Fact]
    public void Bytes_that_are_no_whole_stream_are_not_brotli()
    {
        var good = BrotliPayload.Compress(Text(5_000), 5);
        Assert.Equal(ReasonCode.NotBrotli, BrotliPayload.Decompress([], new ArrayBufferWriter<byte>()));
        Assert.Equal(ReasonCode.NotBrotli, BrotliPayload.Decompress("""{"resourceType":"Bundle"}"""u8, new ArrayBufferWriter<byte>()));
        Assert.Equal(ReasonCode.NotBrotli, BrotliPayload.Decompress([.. good, 0], new ArrayBufferWriter<byte>()));
        for (var length = 0; length < good.Length; length += 7)
        {
            Assert.Equal(ReasonCode.NotBrotli, BrotliPayload.Decompress(good.AsSpan(0, length), new ArrayBufferWriter<byte>()));
        }
    }
}
