using HomeHub.Core.Acquisition;
using HomeHub.Profiles;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Of what a device advertises over and over, the results to take once. A scale tells its weight first and, under the same time, with the impedance some seconds later: a result is held
/// until another takes its place, the device tells that it is over, or <paramref name="settle"/> has passed. What is not understood is taken once too. Pure; the
/// caller has the clock. Not safe for several threads.
/// </summary>
/// <param name="settle">How long a result is held at most.</param>
public sealed class AdvertisedResults(TimeSpan settle)
{
    /// <summary>Most devices and services that are remembered; the one that was silent longest makes room.</summary>
    public const int MaxRemembered = 256;

    private readonly Dictionary<(string Address, BluetoothUuid Service), Entry> _entries = [];

    /// <summary>When the next result is due, on the caller's time scale; null while none is held.</summary>
    public TimeSpan? NextDue => _entries.Values.Min(entry => entry.Held is null ? (TimeSpan?)null : entry.HeldSince + settle);

    /// <summary>Takes service data that a device advertises.</summary>
    /// <param name="address">The device.</param>
    /// <param name="service">The service that it stands under.</param>
    /// <param name="octets">The data.</param>
    /// <param name="receivedAt">Hub time of reception.</param>
    /// <param name="now">Time on the hub's monotonic clock, from its zero.</param>
    /// <returns>Payloads to pass on now, in order.</returns>
    public IReadOnlyList<IncomingPayload> OnHeard(string address, BluetoothUuid service, ReadOnlyMemory<byte> octets, DateTimeOffset receivedAt, TimeSpan now)
    {
        if (ProfileRegistry.FindDecoder(service) is null)
        {
            return [];
        }

        Entry entry = EntryOf((address, service), now);
        DecodeResult result = ProfileRegistry.Decode(service, octets.Span, SessionContext.Empty);
        if (result.Error is null && result.Readings.Length == 0)
        {
            return Release(entry);
        }

        if (octets.Span.SequenceEqual(entry.Last.Span) || (entry.Held is { } same && octets.Span.SequenceEqual(same.Octets.Span)))
        {
            return [];
        }

        var payload = new IncomingPayload(service, service, octets.ToArray(), receivedAt) { Monotonic = now };
        PhdTimestamp? stamp = result.Error is null ? result.Readings[0].Timestamp : null;
        if (result.Error is not null || stamp is null)
        {
            entry.Last = payload.Octets;
            return [.. Release(entry, keepsLast: true), payload];
        }

        IReadOnlyList<IncomingPayload> before = entry.HeldStamp == stamp ? [] : Release(entry);
        entry.HeldSince = entry.Held is null ? now : entry.HeldSince;
        entry.Held = payload;
        entry.HeldStamp = stamp;
        return before;
    }

    /// <summary>Results that have been held long enough; all that are held when <paramref name="isEnd"/>.</summary>
    public IReadOnlyList<(string Address, IncomingPayload Payload)> TakeDue(TimeSpan now, bool isEnd = false)
    {
        List<(string, IncomingPayload)> due = [];
        foreach (((string address, _), Entry entry) in _entries)
        {
            if (entry.Held is not null && (isEnd || now - entry.HeldSince >= settle))
            {
                due.AddRange(Release(entry).Select(payload => (address, payload)));
            }
        }

        return due;
    }

    private static IReadOnlyList<IncomingPayload> Release(Entry entry, bool keepsLast = false)
    {
        if (entry.Held is not { } held)
        {
            return [];
        }

        entry.Last = keepsLast ? entry.Last : held.Octets;
        entry.Held = null;
        entry.HeldStamp = null;
        return [held];
    }

    private Entry EntryOf((string, BluetoothUuid) key, TimeSpan now)
    {
        if (!_entries.TryGetValue(key, out Entry? entry))
        {
            if (_entries.Count >= MaxRemembered)
            {
                // One that holds a result is kept: forgetting it would lose the result.
                (string, BluetoothUuid)? silent = _entries.Where(one => one.Value.Held is null).OrderBy(one => one.Value.HeardAt)
                    .Select(one => ((string, BluetoothUuid)?)one.Key).FirstOrDefault();
                if (silent is { } gone)
                {
                    _entries.Remove(gone);
                }
            }

            _entries[key] = entry = new Entry();
        }

        entry.HeardAt = now;
        return entry;
    }

    private sealed class Entry
    {
        public ReadOnlyMemory<byte> Last { get; set; }

        public IncomingPayload? Held { get; set; }

        public PhdTimestamp? HeldStamp { get; set; }

        public TimeSpan HeldSince { get; set; }

        public TimeSpan HeardAt { get; set; }
    }
}
