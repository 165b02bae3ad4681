namespace HomeHub.Core.Acquisition;

/// <summary>A payload as it came from a device, over the air or from a capture.</summary>
/// <param name="Service">16-bit UUID of the service.</param>
/// <param name="Characteristic">16-bit UUID of the characteristic.</param>
/// <param name="Octets">The value.</param>
/// <param name="ReceivedAt">Hub time of reception, with the hub's offset from UTC.</param>
public readonly record struct IncomingPayload(ushort Service, ushort Characteristic, ReadOnlyMemory<byte> Octets, DateTimeOffset ReceivedAt)
{
    /// <summary>Whether the octets are a minute of a stream, not one value; see <see cref="Profiles.Streams.StreamMinute"/>.</summary>
    public bool IsMinute { get; init; }
}
