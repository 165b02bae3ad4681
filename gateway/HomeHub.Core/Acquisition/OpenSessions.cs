namespace HomeHub.Core.Acquisition;

/// <summary>
/// The connections that are open, by name, device and patient: payloads with the same session name are one connection, a payload without a
/// name stands alone. Bounded: the one that was silent longest is closed for a new one. Not safe for several threads.
/// </summary>
/// <param name="zone">The home's time zone.</param>
/// <param name="maxSessions">Most connections that are open at a time.</param>
/// <param name="tellsIdentifiersApart">False where a buffer finds records with the same identifier; see <see cref="AcquisitionSession"/>.</param>
/// <param name="knownSince">From when on a record that seems new is surely new; null where all that ever came is known.</param>
public sealed class OpenSessions(Time.HubZone zone, int maxSessions, bool tellsIdentifiersApart = true, DateTimeOffset? knownSince = null)
{
    private readonly Dictionary<(string Name, string Address, string Patient), LinkedListNode<Entry>> _byKey = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>The connection of a payload, opened when it is new, with all that the payload's source knows noted.</summary>
    public AcquisitionSession Of(DevicePayload payload)
    {
        AcquisitionSession session = payload.Session is null ? Create(payload) : Find(payload.Session, payload);
        session.NoteRequest(payload.IsRequested);
        if (payload.Clock is { } clock)
        {
            session.NoteClock(clock);
        }

        return session;
    }

    private AcquisitionSession Find(string name, DevicePayload payload)
    {
        (string, string, string) key = (name, payload.Device.Address, payload.Patient.Key);
        if (_byKey.TryGetValue(key, out LinkedListNode<Entry>? open))
        {
            _byUse.Remove(open);
            _byUse.AddLast(open);
            open.Value.Session.NoteDevice(payload.Device);
            open.Value.Session.Users = payload.Users;
            return open.Value.Session;
        }

        if (_byKey.Count >= maxSessions && _byUse.First is { } silent)
        {
            _byUse.RemoveFirst();
            _byKey.Remove(silent.Value.Key);
        }

        AcquisitionSession session = Create(payload);
        _byKey[key] = _byUse.AddLast(new Entry(key, session));
        return session;
    }

    private AcquisitionSession Create(DevicePayload payload) =>
        new(payload.Patient, payload.Device, zone, payload.PairedAt, tellsIdentifiersApart, payload.Users, knownSince);

    private readonly record struct Entry((string, string, string) Key, AcquisitionSession Session);
}
