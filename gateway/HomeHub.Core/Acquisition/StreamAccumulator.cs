using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.Streams;

namespace HomeHub.Core.Acquisition;

/// <summary>
/// The streams of one connection, gathered by the minute. Synchronous: the time is told, counted from any fixed moment, so that a hub clock that is set moves
/// no minute. A minute ends with the first notification after it, when it is asked for, or when it holds no more; what it holds is on no disk until then. Not
/// safe for several threads.
/// </summary>
public sealed class StreamAccumulator
{
    /// <summary>How long a minute lasts.</summary>
    public static readonly TimeSpan MinuteLength = TimeSpan.FromMinutes(1);

    /// <summary>Most streams at a time; a further one is not gathered.</summary>
    public const int MaxStreams = 8;

    private readonly Dictionary<GattCharacteristic, OpenMinute> _open = [];

    /// <summary>
    /// Takes a notification. False when it is not to be gathered: no stream, longer than a minute takes, or not understood, which each are given on alone.
    /// </summary>
    /// <param name="value">The notification.</param>
    /// <param name="now">Time since any fixed moment.</param>
    /// <param name="ended">The minute that ended before it; null when none did.</param>
    public bool TryTake(CharacteristicValue value, TimeSpan now, out ClosedMinute? ended)
    {
        ended = null;
        BluetoothUuid characteristic = value.Characteristic.Uuid;
        if (!StreamMinute.IsStream(characteristic) || value.Octets.Length > StreamMinute.MaxPayloadOctets
            || ProfileRegistry.Decode(characteristic, value.Octets, SessionContext.Empty).Error is not null)
        {
            return false;
        }

        if (_open.TryGetValue(value.Characteristic, out OpenMinute? open))
        {
            if (now - open.StartedAt < MinuteLength && open.Octets + 1 + value.Octets.Length <= StreamMinute.MaxOctets
                && StreamMinute.Follows(characteristic, open.Last, value.Octets))
            {
                open.Add(value, now);
                return true;
            }

            ended = open.Close();
        }
        else if (_open.Count == MaxStreams)
        {
            return false;
        }

        _open[value.Characteristic] = new OpenMinute(value, now);
        return true;
    }

    /// <summary>Minutes that are over.</summary>
    public IReadOnlyList<ClosedMinute> TakeDue(TimeSpan now) => Remove(open => now - open.StartedAt >= MinuteLength);

    /// <summary>All minutes, over or not: the connection ends.</summary>
    public IReadOnlyList<ClosedMinute> TakeAll() => Remove(_ => true);

    private List<ClosedMinute> Remove(Func<OpenMinute, bool> isWanted)
    {
        List<ClosedMinute> closed = [];
        foreach ((GattCharacteristic characteristic, OpenMinute open) in _open.Where(entry => isWanted(entry.Value)).ToArray())
        {
            closed.Add(open.Close());
            _open.Remove(characteristic);
        }

        return closed;
    }

    private sealed class OpenMinute
    {
        private readonly List<byte[]> _payloads = [];
        private CharacteristicValue _last;
        private TimeSpan _lastAt;

        public OpenMinute(CharacteristicValue first, TimeSpan now)
        {
            StartedAt = now;
            Add(first, now);
        }

        public TimeSpan StartedAt { get; }

        public int Octets { get; private set; } = StreamMinute.HeadOctets;

        public ReadOnlySpan<byte> Last => _last.Octets;

        public void Add(CharacteristicValue value, TimeSpan now)
        {
            _payloads.Add(value.Octets);
            Octets += 1 + value.Octets.Length;
            (_last, _lastAt) = (value, now);
        }

        public ClosedMinute Close() => new(_last.Characteristic, StreamMinute.Pack(_payloads, _lastAt - StartedAt), _last.ReceivedAt);
    }
}
