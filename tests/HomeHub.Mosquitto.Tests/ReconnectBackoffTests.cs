namespace HomeHub.Mosquitto.Tests;

public class ReconnectBackoffTests
{
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Waits_grow_to_the_cap_and_never_past_it(int seed)
    {
        var backoff = new ReconnectBackoff(Cap, new Random(seed));
        for (var i = 0; i < 1000; i++)
        {
            var ceiling = TimeSpan.FromMilliseconds(Math.Min(Cap.TotalMilliseconds, ReconnectBackoff.First.TotalMilliseconds * Math.Pow(2, i)));
            Assert.InRange(backoff.Next(), ReconnectBackoff.Floor, ceiling);
            Assert.Equal(i + 1, backoff.FailedTries);
        }
    }

    [Fact]
    public void Jitter_is_full()
    {
        var backoff = new ReconnectBackoff(Cap, new Random(4));
        var waits = Enumerable.Range(0, 500).Select(_ => backoff.Next().TotalSeconds).Skip(10).ToArray();
        Assert.True(waits.Min() < 1 && waits.Max() > 14, $"{waits.Min()} to {waits.Max()}");
        Assert.InRange(waits.Average(), 6.5, 8.5);
    }

    [Fact]
    public void A_connection_that_held_begins_afresh()
    {
        var backoff = new ReconnectBackoff(Cap, new Random(5));
        for (var i = 0; i < 20; i++)
        {
            backoff.Next();
        }

        backoff.Held();
        Assert.InRange(backoff.Next(), ReconnectBackoff.Floor, ReconnectBackoff.First);
    }
}
