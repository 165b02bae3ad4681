using HomeHub.Profiles;

namespace HomeHub.Core.Time;

/// <summary>
/// One comparison of a device's clock with the hub's: becomes the Coincident Timestamp that readings refer to. One per connection and
/// state of the device's clock.
/// </summary>
/// <param name="ReadAt">Hub time when the device's clock was read; for a fault, when the fault was first seen.</param>
/// <param name="DeviceTime">What the device's clock said; null for a time fault.</param>
public sealed record ClockCheck(DateTimeOffset ReadAt, PhdTimestamp? DeviceTime)
{
    /// <summary>True when the device's time can't be known.</summary>
    public bool IsFault => DeviceTime is null;
}
