using HomeHub.CloudRelay.Commands;

namespace HomeHub.CloudRelay.Tests.Commands;

public sealed class HealthCommandTests
{
    [Fact]
    public async Task A_relay_that_is_ready_says_so_and_one_that_is_gone_does_not()
    {
        string url;
        await using (RelayFixture fixture = await RelayFixture.StartAsync())
        {
            url = fixture.Relay.Address.ToString();
            using var answer = new StringWriter();
            Assert.Equal(0, await RelayCommandLine.RunAsync(["health", "--url", url], answer, TextWriter.Null));
            Assert.Equal("ready", answer.ToString().Trim());
        }

        using var reason = new StringWriter();
        Assert.Equal(1, await RelayCommandLine.RunAsync(["health", "--url", url], TextWriter.Null, reason));
        Assert.StartsWith("homehub-relay: not reached", reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_wrong_usage()
    {
        using var reason = new StringWriter();
        Assert.Equal(2, await RelayCommandLine.RunAsync(["health", "--url", "ftp://127.0.0.1"], TextWriter.Null, reason));
        Assert.Contains("url:", reason.ToString(), StringComparison.Ordinal);
    }
}
