using HomeHub.Core.Acquisition;

namespace HomeHub.Core.Holding;

/// <summary>A payload that waits until the hub knows its time.</summary>
/// <param name="Payload">The payload. Its time of reception is what the hub's clock showed then.</param>
/// <param name="BootId">The start of the system in which it was taken.</param>
/// <param name="Uptime">Time since that start at which it was taken.</param>
public sealed record HeldPayload(DevicePayload Payload, string BootId, TimeSpan Uptime)
{
    /// <summary>Its number, ascending in the order of holding; 0 before it is held.</summary>
    public long Number { get; init; }

    /// <summary>When the system was started, once that is known; null: the time of that start never was.</summary>
    public DateTimeOffset? BootedAt { get; init; }
}
