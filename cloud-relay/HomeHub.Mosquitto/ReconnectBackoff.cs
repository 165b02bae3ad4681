namespace HomeHub.Mosquitto;

/// <summary>
/// Exponential back-off with full jitter: the wait is drawn between nothing and a ceiling that doubles from <see cref="First"/> to a cap, so that
/// many hubs that lost the same broker don't come back at the same moment. No limit on tries.
/// </summary>
internal sealed class ReconnectBackoff(TimeSpan cap, Random random)
{
    /// <summary>Ceiling of the first wait.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>Least wait: full jitter may draw nothing, and a broker that closes at once must not be hammered.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(20);

    /// <summary>A connection that held for this long counts as one; a shorter one is a failed try.</summary>
    public static readonly TimeSpan HeldAfter = TimeSpan.FromSeconds(5);

    /// <summary>Tries that have failed since <see cref="Held"/>.</summary>
    public int FailedTries { get; private set; }

    /// <summary>The wait after one more failed try.</summary>
    public TimeSpan Next()
    {
        // 2^30 × 500 ms is past any cap; more would overflow.
        var ceiling = Math.Min(cap.TotalMilliseconds, First.TotalMilliseconds * (1L << Math.Min(FailedTries, 30)));
        FailedTries++;
        var wait = Math.Max(Floor.TotalMilliseconds, random.NextDouble() * ceiling);
        return TimeSpan.FromMilliseconds(Math.Min(wait, cap.TotalMilliseconds));
    }

    /// <summary>A connection has held.</summary>
    public void Held() => FailedTries = 0;
}
