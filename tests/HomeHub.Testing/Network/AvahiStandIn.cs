using System.Collections.Concurrent;
using HomeHub.DBus;

namespace HomeHub.Testing.Network;

/// <summary>Owns <c>org.freedesktop.Avahi</c> on a private bus, as avahi-daemon does, with names that are taken or fail as a test says.</summary>
public sealed class AvahiStandIn(string address) : IAsyncDisposable
{
    private const string Service = "org.freedesktop.Avahi", Server = Service + ".Server", Group = Service + ".EntryGroup";
    private const int Uncommitted = 0, Registering = 1, Established = 2, Collision = 3, Failure = 4;

    private readonly ConcurrentDictionary<string, Entries> _groups = new();
    private DBusConnection? _connection;
    private int _number;

    /// <summary>Names without <c>.local</c> that another machine has.</summary>
    public ConcurrentDictionary<string, bool> Taken { get; } = new();

    /// <summary>Names of services that another program of this machine tells already: they are refused at once.</summary>
    public ConcurrentDictionary<string, bool> TakenHere { get; } = new();

    /// <summary>The machine's own name.</summary>
    public string HostName { get; set; } = "raspberrypi";

    /// <summary>State of the server: 1 registering, 2 running, 3 collision.</summary>
    public int State { get; private set; } = 2;

    /// <summary>Whether groups fail.</summary>
    public bool Fails { get; set; }

    /// <summary>How many groups were ever made.</summary>
    public int GroupsMade => _number;

    /// <summary>What is told now.</summary>
    public IReadOnlyList<Entries> Told => [.. _groups.Values.Where(group => group.State == Established)];

    /// <summary>Comes (again).</summary>
    public async Task StartAsync()
    {
        _connection = await DBusConnection.OpenAsync(address, TimeProvider.System, CancellationToken.None);
        await _connection.ExportAsync(new DBusObject("/", new DBusInterface(Server)
        {
            Methods =
            [
                Method("GetState", "", "i", _ => [State]),
                Method("GetHostNameFqdn", "", "s", _ => [HostName + ".local"]),
                Method("GetAlternativeHostName", "s", "s", call => [Next((string)call.Arguments[0], "-")]),
                Method("GetAlternativeServiceName", "s", "s", call => [Next((string)call.Arguments[0], " #")]),
                new("EntryGroupNew", "", "o", async call => [await NewGroupAsync(call.Sender)]),
            ],
        }));
        await _connection.RequestNameAsync(Service);
    }

    /// <summary>Goes away, and what was told with it.</summary>
    public async Task StopAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            _groups.Clear();
            await connection.DisposeAsync();
        }
    }

    /// <summary>The server's state changes, as when its own name collides; groups are withdrawn then.</summary>
    public async Task SetStateAsync(int state)
    {
        State = state;
        foreach (Entries group in _groups.Values.Where(_ => state != 2))
        {
            group.State = Uncommitted;
        }

        await _connection!.EmitAsync("/", Server, "StateChanged", "is", state, "");
    }

    /// <summary>Another machine takes a name that is told, and wins.</summary>
    public async Task TakeAsync(string name)
    {
        Taken[name] = true;
        foreach (Entries group in _groups.Values.Where(group => group.Hosts.ContainsKey(name + ".local")))
        {
            group.State = Collision;
            await _connection!.EmitAsync(group.Path, Group, "StateChanged", "is", Collision, "");
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static DBusMethod Method(string name, string takes, string gives, Func<DBusCall, IReadOnlyList<object>> handler) => new(name, takes, gives, call => Task.FromResult(handler(call)));

    /// <summary>As avahi_alternative_host_name and _service_name: a number behind it, from 2.</summary>
    private static string Next(string name, string between)
    {
        int at = name.LastIndexOf(between, StringComparison.Ordinal);
        return at > 0 && int.TryParse(name[(at + between.Length)..], out int number) && number is > 1 and < 1000 ? $"{name[..at]}{between}{number + 1}" : $"{name}{between}2";
    }

    private async Task<DBusPath> NewGroupAsync(string client)
    {
        var group = new Entries($"/Client1/EntryGroup{Interlocked.Increment(ref _number)}", client);
        _groups[group.Path] = group;
        await _connection!.ExportAsync(new DBusObject(group.Path, new DBusInterface(Group)
        {
            Methods =
            [
                Method("AddAddress", "iiuss", "", call => AddAddress(group, call)),
                Method("AddService", "iiussssqaay", "", call => AddService(group, call)),
                new("Commit", "", "", async _ => { await CommitAsync(group); return []; }),
                Method("GetState", "", "i", _ => [group.State]),
                Method("Free", "", "", _ => { _groups.TryRemove(group.Path, out Entries? _); return []; }),
            ],
        }));
        return new DBusPath(group.Path);
    }

    private static IReadOnlyList<object> AddAddress(Entries group, DBusCall call)
    {
        string host = (string)call.Arguments[3];
        group.Hosts[host] = (string)call.Arguments[4];
        return [];
    }

    private IReadOnlyList<object> AddService(Entries group, DBusCall call)
    {
        if (TakenHere.ContainsKey((string)call.Arguments[3]))
        {
            throw new DBusException("org.freedesktop.Avahi.CollisionError", "Local name collision");
        }

        (group.ServiceName, group.ServiceType, group.Host, group.Port) = ((string)call.Arguments[3], (string)call.Arguments[4], (string)call.Arguments[6], (ushort)call.Arguments[7]);
        return [];
    }

    private async Task CommitAsync(Entries group)
    {
        int state = Fails ? Failure : group.Hosts.Keys.Any(host => Taken.ContainsKey(host[..^".local".Length])) ? Collision : Established;
        await _connection!.EmitAsync(group.Path, Group, "StateChanged", "is", Registering, "");
        group.State = state;
        await _connection.EmitAsync(group.Path, Group, "StateChanged", "is", state, "");
    }

    /// <summary>What one client has told.</summary>
    public sealed class Entries(string path, string client)
    {
        public string Path => path;

        public string Client => client;

        public int State { get; set; }

        /// <summary>Names with <c>.local</c>, and their last address.</summary>
        public ConcurrentDictionary<string, string> Hosts { get; } = new();

        public string ServiceName { get; set; } = "";

        public string ServiceType { get; set; } = "";

        public string Host { get; set; } = "";

        public ushort Port { get; set; }
    }
}
