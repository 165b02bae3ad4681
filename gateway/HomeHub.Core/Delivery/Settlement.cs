using HomeHub.Core.Buffering;

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
    bool ForgetDevices);
