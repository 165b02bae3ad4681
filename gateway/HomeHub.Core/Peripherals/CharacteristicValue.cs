namespace HomeHub.Core.Peripherals;

/// <summary>A notification or indication.</summary>
/// <param name="Characteristic">Where it came from.</param>
/// <param name="Octets">The value.</param>
/// <param name="ReceivedAt">Hub time of reception.</param>
public readonly record struct CharacteristicValue(GattCharacteristic Characteristic, byte[] Octets, DateTimeOffset ReceivedAt)
{
    /// <summary>The same on the hub's monotonic clock (<see cref="TimeProvider.GetTimestamp"/>, from its zero); null where it was not noted.</summary>
    public TimeSpan? Monotonic { get; init; }
}
