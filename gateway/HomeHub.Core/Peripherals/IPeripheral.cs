using System.Threading.Channels;

namespace HomeHub.Core.Peripherals;

/// <summary>
/// Port: a connection with one peripheral, the hub being the GATT Client. Disposing lets go: subscriptions end, the link is closed.
/// Every member is bounded in time by the adapter (<see cref="PeripheralFault.TimedOut"/>).
/// </summary>
/// <exception cref="PeripheralException">Thrown by members when the peripheral refuses, hangs or is gone.</exception>
public interface IPeripheral : IAsyncDisposable
{
    /// <summary>Address as it was connected by, upper case.</summary>
    string Address { get; }

    /// <summary>Whether the link is encrypted by a bond.</summary>
    bool IsBonded { get; }

    /// <summary>Its characteristics, in the order of their handles.</summary>
    IReadOnlyList<GattCharacteristic> Characteristics { get; }

    /// <summary>When each step of connecting was reached.</summary>
    ConnectionTimes Times { get; }

    /// <summary>
    /// Notifications and indications in the order of reception, complete to the last one before the link went; then it ends, with a
    /// <see cref="PeripheralException"/> unless the hub itself let go. Bounded by <see cref="MaxUnread"/>: who lets it fill is disconnected.
    /// </summary>
    ChannelReader<CharacteristicValue> Values { get; }

    /// <summary>Most values that wait unread.</summary>
    const int MaxUnread = 16_384;

    /// <summary>Reads a value, long ones whole.</summary>
    Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation);

    /// <summary>Writes a value, with response where the characteristic allows it.</summary>
    Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation);

    /// <summary>Subscribes to notifications, or to indications where there are no notifications; complete when the peripheral confirmed it.</summary>
    Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation);
}
