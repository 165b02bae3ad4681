using HomeHub.Core.Buffering;

namespace HomeHub.Core.Delivery;

/// <summary>Leased readings that go into one Bundle.</summary>
/// <param name="Readings">Readings of one patient.</param>
/// <param name="WithDevices">True to include every Device, known to the relay or not.</param>
/// <param name="ReferenceTries">How often the relay missed something that they refer to.</param>
/// <param name="NotBefore">Not to be sent before this time.</param>
public sealed record DeliveryGroup(
    IReadOnlyList<BufferedReading> Readings, bool WithDevices = false, int ReferenceTries = 0, DateTimeOffset NotBefore = default);
