namespace HomeHub.Core.Delivery;

/// <summary>How readings are grouped and repeated.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Most readings in a Bundle.</summary>
    public int MaxReadings { get; init; } = 200;

    /// <summary>Largest Bundle before compression, in bytes; a larger one is halved.</summary>
    public int MaxBundleBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Largest payload on the wire, in bytes; a larger one is halved.</summary>
    public int MaxPayloadBytes { get; init; } = 256 * 1024;

    /// <summary>How long a reading waits for others to share its Bundle.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most Bundles that are under way at a time: bounds memory, however long the backlog.</summary>
    public int MaxInFlightBundles { get; init; } = 8;

    /// <summary>A Bundle without receipt is sent again after this time.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A publication that failed is repeated after this time, once the broker is reached.</summary>
    public TimeSpan RetryAfterFailure { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tries for a Bundle that refers to something the relay does not know, before it counts as refused.</summary>
    public int MaxReferenceTries { get; init; } = 5;
}
