using System.Buffers;
using System.Text;
using HomeHub.Contract;

namespace HomeHub.Mqtt.Tests;

public class PayloadCompressorTests
{
    private static byte[] Bundle(int observations)
    {
        var entries = Enumerable.Range(0, observations).Select(i => $$$"""
            {"fullUrl":"urn:uuid:{{{new Guid(i, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10])}}}","resource":{"resourceType":"Observation","status":"final",
            "code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"150020"}]},"valueQuantity":{"value":{{{i % 200}}},"unit":"mmHg" } } }
            """);
        return Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(30, false)]
    [InlineData(2000, true)]
    public void Bundles_are_compressed_and_come_out_again(int observations, bool isBacklog)
    {
        var json = Bundle(observations);
        var payload = PayloadCompressor.Compress(json, isBacklog);
        Assert.Equal("br", payload.Encoding);
        Assert.True(payload.Bytes.Length < json.Length);
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(BrotliPayload.Decompress(payload.Bytes.Span, output));
        Assert.Equal(json, output.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_lone_bundle_is_made_smaller_than_one_of_a_backlog() =>
        Assert.True(PayloadCompressor.Compress(Bundle(20), isBacklog: false).Bytes.Length < PayloadCompressor.Compress(Bundle(20), isBacklog: true).Bytes.Length);

    [Fact]
    public void What_is_small_or_does_not_shrink_goes_as_it_is()
    {
        var small = PayloadCompressor.Compress("{}"u8, false);
        Assert.Equal("json", small.Encoding);
        Assert.Equal("{}"u8.ToArray(), small.Bytes.ToArray());
        var noise = new byte[4096];
        new Random(1).NextBytes(noise);
        Assert.Equal("json", PayloadCompressor.Compress(noise, false).Encoding);
    }

    [Fact]
    public void The_payload_is_a_copy_of_its_own()
    {
        var json = "{\"a\":1}"u8.ToArray();
        var payload = PayloadCompressor.Compress(json, false);
        json[2] = (byte)'b';
        Assert.Equal("{\"a\":1}"u8.ToArray(), payload.Bytes.ToArray());
    }
}
