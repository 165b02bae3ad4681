namespace HomeHub.Mosquitto.Tests;

public class MosquittoAddressTests
{
    [Theory]
    [InlineData("mqtt://127.0.0.1", "127.0.0.1", 1883, false)]
    [InlineData("mqtt://127.0.0.1:1999", "127.0.0.1", 1999, false)]
    [InlineData("mqtts://broker.example", "broker.example", 8883, true)]
    [InlineData("mqtts://broker.example:443/", "broker.example", 443, true)]
    [InlineData("mqtt://[::1]:1884", "::1", 1884, false)]
    public void Urls(string url, string host, int port, bool tls)
    {
        Assert.True(MosquittoAddress.TryParse(url, out var address, out var error));
        Assert.Equal(new MosquittoAddress(host, port, tls), address);
        Assert.Null(error);
        Assert.True(MosquittoAddress.TryParse(address.ToString(), out var again, out _));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("127.0.0.1:1883")]
    [InlineData("http://broker")]
    [InlineData("mqtt://")]
    [InlineData("mqtt://broker:0")]
    [InlineData("mqtt://broker:99999")]
    [InlineData("mqtt://broker/path")]
    [InlineData("mqtt://broker?x=1")]
    public void Anything_else_is_refused(string? url)
    {
        Assert.False(MosquittoAddress.TryParse(url, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Credentials_are_refused_and_not_repeated()
    {
        Assert.False(MosquittoAddress.TryParse("mqtt://me:hunter2@broker", out _, out var error));
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("me:", error, StringComparison.Ordinal);
    }
}
