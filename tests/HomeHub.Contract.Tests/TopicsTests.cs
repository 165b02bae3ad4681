namespace HomeHub.Contract.Tests;

public class TopicsTests
{
    private static readonly Guid Hub = Guid.Parse("0f0e0d0c-0b0a-4909-8807-060504030201");
    private static readonly Guid Bundle = Guid.Parse("a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6");

    [Theory]
    [InlineData("care-team", BundleEncoding.Json, "json")]
    [InlineData("a", BundleEncoding.Brotli, "br")]
    [InlineData("01234567890123456789012345678901", BundleEncoding.Brotli, "br")]
    public void Bundle_topic_is_as_written_and_reads_back(string recipient, BundleEncoding encoding, string level)
    {
        var topic = Topics.Bundle(Hub, recipient, Bundle, encoding);
        Assert.Equal($"homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/{recipient}/bundle/a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6/{level}", topic);
        Assert.True(Topics.TryParseBundle(topic, out var parts));
        Assert.Equal(new BundleTopic(Hub, recipient, Bundle, encoding), parts);
        Assert.False(Topics.TryParseReceipt(topic, out _));
        Assert.False(Topics.TryParseStatus(topic, out _));
    }

    [Fact]
    public void Unknown_encoding_still_tells_which_bundle()
    {
        Assert.True(Topics.TryParseBundle(Topics.Bundle(Hub, "care-team", Bundle, BundleEncoding.Json)[..^4] + "zstd", out var parts));
        Assert.Equal(new BundleTopic(Hub, "care-team", Bundle, null), parts);
    }

    [Fact]
    public void Receipt_topic_is_as_written_and_reads_back()
    {
        var topic = Topics.Receipt(Hub, "care-team");
        Assert.Equal("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/care-team/receipt", topic);
        Assert.True(Topics.TryParseReceipt(topic, out var parts));
        Assert.Equal(new ReceiptTopic(Hub, "care-team"), parts);
        Assert.False(Topics.TryParseBundle(topic, out _));
        Assert.False(Topics.TryParseStatus(topic, out _));
        Assert.Equal("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/+/receipt", Topics.ReceiptFilter(Hub));
    }

    [Fact]
    public void Status_topic_is_as_written_and_reads_back()
    {
        var topic = Topics.Status(Hub);
        Assert.Equal("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/status", topic);
        Assert.True(Topics.TryParseStatus(topic, out var hub));
        Assert.Equal(Hub, hub);
        Assert.False(Topics.TryParseReceipt(topic, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("homehub/v1/")]
    [InlineData("homehub/v2/0f0e0d0c-0b0a-4909-8807-060504030201/status")]
    [InlineData("homehub/v1/0F0E0D0C-0B0A-4909-8807-060504030201/status")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-06050403020/status")]
    [InlineData("homehub/v1/ 0f0e0d0c-0b0a-4909-8807-06050403020/status")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/status/")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201//receipt")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/receipt")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/Care/receipt")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/a/b/receipt")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/012345678901234567890123456789012/receipt")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/a/bundle/a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/a/bundle/a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6/")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/a/bundle/a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6/br/x")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/a/bundle/A1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6/br")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201/é/bundle/a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6/br")]
    [InlineData("homehub/v1/0f0e0d0c-0b0a-4909-8807-060504030201//bundle/a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6/br")]
    public void Anything_else_is_no_topic(string topic)
    {
        Assert.False(Topics.TryParseBundle(topic, out _));
        Assert.False(Topics.TryParseReceipt(topic, out _));
        Assert.False(Topics.TryParseStatus(topic, out _));
    }

    [Fact]
    public void Every_cut_and_every_changed_character_is_refused_or_another_topic()
    {
        var topic = Topics.Bundle(Hub, "care-team", Bundle, BundleEncoding.Json);
        for (var i = 0; i < topic.Length; i++)
        {
            var cut = topic[..i];
            Assert.False(Topics.TryParseReceipt(cut, out _) || Topics.TryParseStatus(cut, out _));
            var changed = string.Concat(topic.AsSpan(0, i), "#", topic.AsSpan(i + 1));
            Assert.False(Topics.TryParseBundle(changed, out var parts) && parts.Encoding is not null);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("a/b")]
    [InlineData("Care")]
    public void Builder_refuses_what_is_no_slug(string recipient)
    {
        Assert.Throws<ArgumentException>(() => Topics.Receipt(Hub, recipient));
        Assert.Throws<ArgumentException>(() => Topics.Bundle(Hub, recipient, Bundle, BundleEncoding.Json));
    }
}
