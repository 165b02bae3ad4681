using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>A payload as it came from a device, over the air or from a capture.</summary>
/// <param name="Service">UUID of the service.</param>
/// <param name="Characteristic">UUID of the characteristic; that of the service again for service data of an advertisement.</param>
/// <param name="Octets">The value.</param>
/// <param name="ReceivedAt">Hub time of reception, with the hub's offset from UTC.</param>
public readonly record struct IncomingPayload(BluetoothUuid Service, BluetoothUuid Characteristic, ReadOnlyMemory<byte> Octets, DateTimeOffset ReceivedAt)
{
    /// <summary>True when it was advertised as service data: such a payload has no characteristic and is told by its service alone.</summary>
    public bool IsAdvertised => Service == Characteristic;

    /// <summary>
    /// Time since a fixed moment that no setting of the hub's clock changes, of the same kind for all payloads of a connection; null where that is not
    /// known, as in a capture.
    /// </summary>
    public TimeSpan? Monotonic { get; init; }

    /// <summary>Whether the octets are a minute of a stream, not one value; see <see cref="Profiles.Streams.StreamMinute"/>.</summary>
    public bool IsMinute { get; init; }

    /// <summary>
    /// Whether it is a record out of a memory that the device tells in each connection, in the same octets: then it is the same one whenever it is received.
    /// </summary>
    public bool IsToldAgain { get; init; }
}
