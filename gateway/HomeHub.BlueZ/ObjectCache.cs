using System.Collections.Immutable;
using HomeHub.DBus;

namespace HomeHub.BlueZ;

using Interfaces = ImmutableDictionary<string, ImmutableDictionary<string, object>>;

/// <summary>
/// BlueZ's objects as its signals tell them, so that nothing is asked twice. Signals that come while the whole is being loaded are applied again
/// over it: the last word on each property is the right one either way. Readers see a state that does not change under them.
/// </summary>
internal sealed class ObjectCache
{
    private readonly Lock _gate = new();
    private readonly List<DBusSignal> _sinceLoadBegan = [];
    private ImmutableDictionary<string, Interfaces> _objects = ImmutableDictionary<string, Interfaces>.Empty;
    private readonly Dictionary<string, int> _linksGone = [];
    private bool _loading;

    /// <summary>Most signals kept while the whole is loaded; who sends more is not BlueZ.</summary>
    public const int MaxSignalsWhileLoading = 100_000;

    /// <summary>Raised on the bus's thread after a change; handlers return at once.</summary>
    public event Action<ObjectChange>? Changed;

    /// <summary>Raised with what could not be understood, for the log.</summary>
    public event Action<string>? Misunderstood;

    /// <summary>Properties of an object's interface; null when it has none such.</summary>
    public IReadOnlyDictionary<string, object>? Find(string path, string @interface) =>
        Volatile.Read(ref _objects).TryGetValue(path, out Interfaces? interfaces) && interfaces.TryGetValue(@interface, out var properties) ? properties : null;

    /// <summary>A property; null when it is absent or of another type.</summary>
    public T? Get<T>(string path, string @interface, string property) =>
        Find(path, @interface) is { } properties && properties.TryGetValue(property, out object? value) && value is T typed ? typed : default;

    /// <summary>Objects that have an interface, by path.</summary>
    public IReadOnlyList<(string Path, IReadOnlyDictionary<string, object> Properties)> All(string @interface) =>
        [.. Volatile.Read(ref _objects)
            .Where(entry => entry.Value.ContainsKey(@interface))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, (IReadOnlyDictionary<string, object>)entry.Value[@interface]))];

    /// <summary>How many links of a peripheral have been told to be gone.</summary>
    public int LinksGone(string path)
    {
        lock (_gate)
        {
            return _linksGone.GetValueOrDefault(path);
        }
    }

    /// <summary>
    /// Notes that a peripheral is connected, after BlueZ has answered so: 5.66 and later do not tell it by a signal when the answer is faster than the
    /// kernel's word. False when a link was told to be gone since <paramref name="linksGone"/> was asked for.
    /// </summary>
    public bool NoteConnected(string path, int linksGone)
    {
        lock (_gate)
        {
            if (_linksGone.GetValueOrDefault(path) != linksGone
                || !_objects.TryGetValue(path, out Interfaces? all) || !all.TryGetValue(BlueZNames.Device, out ImmutableDictionary<string, object>? device))
            {
                return false;
            }

            _objects = _objects.SetItem(path, all.SetItem(BlueZNames.Device, device.SetItem("Connected", true)));
            return true;
        }
    }

    /// <summary>Begins a load; signals from here on are kept.</summary>
    public void BeginLoad()
    {
        lock (_gate)
        {
            _loading = true;
            _sinceLoadBegan.Clear();
            _objects = _objects.Clear();
        }
    }

    /// <summary>Ends a load with the answer of GetManagedObjects.</summary>
    /// <exception cref="DBusException">The answer is not of the form that it should be.</exception>
    public void EndLoad(IReadOnlyList<object> answer)
    {
        lock (_gate)
        {
            _loading = false;
            if (answer is not [Dictionary<DBusPath, object> objects])
            {
                throw new DBusException(DBusErrors.InconsistentMessage, "GetManagedObjects answered something else than objects.");
            }

            _objects = _objects.Clear();
            foreach ((DBusPath path, object interfaces) in objects)
            {
                Put(path.Value, interfaces, raised: null);
            }

            foreach (DBusSignal signal in _sinceLoadBegan)
            {
                Apply(signal);
            }

            _sinceLoadBegan.Clear();
        }
    }

    /// <summary>Forgets all, as when the service went.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _loading = false;
            _objects = _objects.Clear();
        }
    }

    /// <summary>Takes a signal; on the bus's thread.</summary>
    public void Take(DBusSignal signal)
    {
        List<ObjectChange> changes;
        lock (_gate)
        {
            if (_loading && _sinceLoadBegan.Count < MaxSignalsWhileLoading)
            {
                _sinceLoadBegan.Add(signal);
            }

            changes = Apply(signal);
        }

        foreach (ObjectChange change in changes)
        {
            Changed?.Invoke(change);
        }
    }

    private List<ObjectChange> Apply(DBusSignal signal)
    {
        List<ObjectChange> changes = [];
        switch (signal.Member, signal.Arguments)
        {
            case ("InterfacesAdded", [DBusPath added, { } interfaces]):
                Put(added.Value, interfaces, changes);
                break;
            case ("InterfacesRemoved", [DBusPath removed, string[] names]):
                Remove(removed.Value, names, changes);
                break;
            case ("PropertiesChanged", [string @interface, Dictionary<string, object> values, string[] invalidated]):
                Change(signal.Path, @interface, values, invalidated, changes);
                break;
            default:
                Misunderstood?.Invoke($"The signal {signal.Member} of {signal.Path} has another form than BlueZ gives it, and was passed over.");
                break;
        }

        return changes;
    }

    private void Put(string path, object interfaces, List<ObjectChange>? raised)
    {
        if (interfaces is not Dictionary<string, object> byName)
        {
            Misunderstood?.Invoke($"The object {path} has another form than BlueZ gives it, and was passed over.");
            return;
        }

        Interfaces all = _objects.GetValueOrDefault(path, Interfaces.Empty);
        foreach ((string name, object properties) in byName)
        {
            if (properties is Dictionary<string, object> values)
            {
                all = all.SetItem(name, values.ToImmutableDictionary());
                raised?.Add(new ObjectChange(path, name, ObjectChangeKind.Added, values));
            }
        }

        _objects = _objects.SetItem(path, all);
    }

    private void Remove(string path, string[] names, List<ObjectChange> raised)
    {
        if (!_objects.TryGetValue(path, out Interfaces? interfaces))
        {
            return;
        }

        _linksGone.Remove(path);
        interfaces = interfaces.RemoveRange(names);
        _objects = interfaces.IsEmpty ? _objects.Remove(path) : _objects.SetItem(path, interfaces);
        raised.AddRange(names.Select(name => new ObjectChange(path, name, ObjectChangeKind.Removed, ImmutableDictionary<string, object>.Empty)));
    }

    private void Change(string path, string @interface, Dictionary<string, object> values, string[] invalidated, List<ObjectChange> raised)
    {
        Interfaces all = _objects.GetValueOrDefault(path, Interfaces.Empty);
        if (!all.TryGetValue(@interface, out ImmutableDictionary<string, object>? properties))
        {
            // A change of an object that was never told of, or is being loaded: the load brings it.
            return;
        }

        if (@interface == BlueZNames.Device && values.GetValueOrDefault("Connected") is false)
        {
            _linksGone[path] = _linksGone.GetValueOrDefault(path) + 1;
        }

        _objects = _objects.SetItem(path, all.SetItem(@interface, properties.SetItems(values).RemoveRange(invalidated)));
        raised.Add(new ObjectChange(path, @interface, ObjectChangeKind.Changed, values));
    }
}
