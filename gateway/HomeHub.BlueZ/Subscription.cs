using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ;

/// <summary>
/// A subscribed characteristic. BlueZ tells a value that was read as it tells a notified one, just before the answer; so values wait while a read
/// is under way, and the last one that equals the answer is the read's own.
/// </summary>
internal sealed class Subscription(GattCharacteristic characteristic)
{
    private readonly Lock _gate = new();
    private readonly List<CharacteristicValue> _held = [];
    private int _reads;

    public GattCharacteristic Characteristic => characteristic;

    /// <summary>A read begins.</summary>
    public void BeginRead()
    {
        lock (_gate)
        {
            _reads++;
        }
    }

    /// <summary>A read ended with <paramref name="octets"/>; null when it failed.</summary>
    public void EndRead(byte[]? octets, Action<CharacteristicValue> give)
    {
        lock (_gate)
        {
            int own = octets is null ? -1 : _held.FindLastIndex(value => value.Octets.AsSpan().SequenceEqual(octets));
            if (own >= 0)
            {
                _held.RemoveAt(own);
            }

            _reads = Math.Max(0, _reads - 1);
            if (_reads == 0 || octets is null)
            {
                CharacteristicValue[] waiting = [.. _held];
                _held.Clear();
                Array.ForEach(waiting, give);
            }
        }
    }

    /// <summary>A value came.</summary>
    public void Take(CharacteristicValue value, Action<CharacteristicValue> give)
    {
        lock (_gate)
        {
            if (_reads > 0 && _held.Count < IPeripheral.MaxUnread)
            {
                _held.Add(value);
            }
            else
            {
                give(value);
            }
        }
    }
}
