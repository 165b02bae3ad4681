using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>How a connection went, step by step, each time from the advertisement that started it. Null: not reached.</summary>
public sealed record SessionReport
{
    /// <summary>The link was there.</summary>
    public TimeSpan? Connected { get; init; }

    /// <summary>The services were known, and the link encrypted where a bond exists.</summary>
    public TimeSpan? Resolved { get; init; }

    /// <summary>Everything was subscribed.</summary>
    public TimeSpan? Subscribed { get; init; }

    /// <summary>The first value came.</summary>
    public TimeSpan? FirstValue { get; init; }

    /// <summary>It was over.</summary>
    public TimeSpan Done { get; init; }

    /// <summary>Notifications and indications that were taken.</summary>
    public int Values { get; init; }

    /// <summary>Whether the device's clock was set.</summary>
    public bool HasSetClock { get; init; }

    /// <summary>What ended it; null when the hub let go after all was told.</summary>
    public PeripheralFault? Fault { get; init; }

    /// <summary>The fault in words, without values, names or addresses.</summary>
    public string? Reason { get; init; }
}
