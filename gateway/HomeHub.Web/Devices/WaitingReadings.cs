namespace HomeHub.Web.Devices;

/// <summary>What waits of a device until somebody says whose it is.</summary>
/// <param name="Newest">The newest readings of a person, the newest first, <see cref="WaitingReading.MaxShown"/> at most.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Aside">Numbers of the newest readings that are about the device alone (battery): nobody is asked about them.</param>
public sealed record WaitingReadings(IReadOnlyList<WaitingReading> Newest, int Count, IReadOnlyList<long> Aside);
