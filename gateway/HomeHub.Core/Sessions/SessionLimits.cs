namespace HomeHub.Core.Sessions;

/// <summary>How long a connection and its steps may take.</summary>
public sealed record SessionLimits
{
    /// <summary>Connecting and finding the services.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One operation: a read, a write, a subscription.</summary>
    public TimeSpan Operation { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From subscribed to the first value.</summary>
    public TimeSpan FirstValue { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From one value to the next; then the device has told what it had.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All that came being put on disk, at the end.</summary>
    public TimeSpan Commit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The whole connection; a strap that is worn streams for hours and is connected again at once.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Tries of an operation while the system says that another one is under way.</summary>
    public int OperationTries { get; init; } = 4;

    /// <summary>Before the second try of an operation; doubled for each further one.</summary>
    public TimeSpan OperationBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>By how much a device's clock may be off without being set.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(10);
}
