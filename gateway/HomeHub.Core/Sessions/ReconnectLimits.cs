namespace HomeHub.Core.Sessions;

/// <summary>How often a device that keeps advertising is connected.</summary>
public sealed record ReconnectLimits
{
    /// <summary>After a connection that brought something: long enough that a device does not tell the same again at once.</summary>
    public TimeSpan AfterSuccess { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time between connections that bring nothing new.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After a failed one; doubled for each further failure. Short, as many devices are awake for seconds only.</summary>
    public TimeSpan AfterFailure { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A device that was silent for so long and is heard again has something new, and is connected at once.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between connections to a device that a person has to do something about, as after a lost bond.</summary>
    public TimeSpan InTrouble { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>These limits for a device that must not be connected again sooner than <paramref name="delay"/> after a connection.</summary>
    public ReconnectLimits AtLeast(TimeSpan? delay) => delay is not { } least ? this : this with
    {
        AfterSuccess = Longer(AfterSuccess, least),
        Longest = Longer(Longest, least),
        Silence = Longer(Silence, least),
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
