using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;

namespace HomeHub.Core.Delivery;

/// <summary>What a receipt means for the readings of its Bundle.</summary>
/// <param name="Receipted">Readings that the relay has committed.</param>
/// <param name="Rejected">Readings that it refused for good.</param>
/// <param name="KnownDevices">Devices that it has now.</param>
/// <param name="ForgetDevices">True when it misses something: what it was thought to know is not known.</param>
public sealed record Settlement(
    IReadOnlyList<BufferedReading> Receipted,
    IReadOnlyList<RejectedReading> Rejected,
    IReadOnlyList<DeviceEntry> KnownDevices,
    bool ForgetDevices)
{
    /// <summary>What the Bundle told of a person's consent; null for one of readings.</summary>
    public ConsentExtract? Told { get; init; }

    /// <summary>True when the relay refused what <see cref="Told"/> says.</summary>
    public bool IsToldRefused { get; init; }
}
