namespace HomeHub.CloudRelay.Forwarding;

/// <summary>How long to wait between tries: doubling, with jitter, within bounds.</summary>
internal sealed class ForwardRetry
{
    private readonly Random _random = new();

    /// <summary>The first wait.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, also for what the server asks for.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait after a try.</summary>
    /// <param name="attempt">0 for the first.</param>
    /// <param name="asked">What the server asked for (Retry-After).</param>
    public TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        var doubled = First * Math.Pow(2, Math.Min(attempt, 20));
        var delay = (doubled < Longest ? doubled : Longest) * (0.5 + (_random.NextDouble() / 2));
        var wanted = asked > delay ? asked.Value : delay;
        return wanted < Longest ? wanted : Longest;
    }
}
