using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Acquisition;

/// <summary>A minute of a stream that is over.</summary>
/// <param name="Characteristic">Where it came from.</param>
/// <param name="Octets">Its notifications, packed by <see cref="Profiles.Streams.StreamMinute"/>.</param>
/// <param name="ReceivedAt">Hub time of reception of the last one.</param>
public sealed record ClosedMinute(GattCharacteristic Characteristic, byte[] Octets, DateTimeOffset ReceivedAt);
