using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>The objects that are shown to the bus, and the interfaces that every one of them has. Only on the loop's thread.</summary>
internal sealed class ObjectTable(DBusLoop loop, Action<Exception> failed)
{
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const string ObjectManager = "org.freedesktop.DBus.ObjectManager";
    private const string Introspectable = "org.freedesktop.DBus.Introspectable";
    private const string Peer = "org.freedesktop.DBus.Peer";

    private readonly SortedDictionary<string, DBusObject> _objects = new(StringComparer.Ordinal);

    /// <summary>Shows an object; object managers above it tell of it.</summary>
    public IAsyncDisposable Add(DBusObject shown)
    {
        Remove(shown.Path, null);
        _objects[shown.Path] = shown;
        foreach (DBusObject manager in ManagersOf(shown.Path))
        {
            Emit(manager.Path, ObjectManager, "InterfacesAdded", "oa{sa{sv}}", [new DBusPath(shown.Path), Describe(shown)]);
        }

        return new Shown(this, loop, shown);
    }

    /// <summary>Tells that properties changed.</summary>
    public bool TellChanged(string path, string @interface, IReadOnlyList<string> properties)
    {
        if (!_objects.TryGetValue(path, out DBusObject? shown) || shown.Find(@interface) is not { } offered)
        {
            throw new DBusException(DBusErrors.UnknownObject, $"No object with {@interface} is shown at {path}.");
        }

        Dictionary<string, object> changed = [];
        List<string> gone = [];
        foreach (string name in properties)
        {
            DBusProperty property = Find(offered, name);
            if (property.Get() is { } value)
            {
                changed[name] = new DBusVariant(property.Type, value);
            }
            else
            {
                gone.Add(name);
            }
        }

        Emit(path, Properties, "PropertiesChanged", "sa{sv}as", [@interface, changed, gone.ToArray()]);
        return true;
    }

    /// <summary>Deals with a call from outside; false when it is for nobody here.</summary>
    public unsafe bool Handle(nint message)
    {
        string path = MessageReader.Text(SdBus.sd_bus_message_get_path(message));
        string @interface = MessageReader.Text(SdBus.sd_bus_message_get_interface(message));
        string member = MessageReader.Text(SdBus.sd_bus_message_get_member(message));
        if (@interface == Peer || !_objects.TryGetValue(path, out DBusObject? shown))
        {
            return false;
        }

        var answer = new PendingAnswer(loop, message);
        try
        {
            var call = new DBusCall(MessageReader.Text(SdBus.sd_bus_message_get_sender(message)), path, MessageReader.ReadAll(message));
            string takes = MessageReader.Text(SdBus.sd_bus_message_get_signature(message, 1));
            switch (@interface)
            {
                case Properties:
                    AnswerProperties(answer, shown, member, takes, call.Arguments);
                    break;
                case Introspectable when member == "Introspect":
                    answer.Give("s", [Introspection.Describe(shown)]);
                    break;
                case ObjectManager when shown.IsManager && member == "GetManagedObjects":
                    answer.Give("a{oa{sa{sv}}}", [_objects.Values.Where(other => IsBelow(other.Path, path)).ToDictionary(other => new DBusPath(other.Path), other => (object)Describe(other))]);
                    break;
                default:
                    answer.From(FindMethod(shown, @interface, member, takes), call, failed);
                    break;
            }
        }
        catch (DBusException error)
        {
            answer.Fail(error);
        }

        return true;
    }

    private static DBusMethod FindMethod(DBusObject shown, string @interface, string member, string takes)
    {
        DBusInterface offered = shown.Find(@interface)
            ?? throw new DBusException(DBusErrors.UnknownInterface, $"{shown.Path} has no interface {@interface}.");
        DBusMethod method = offered.Methods.FirstOrDefault(method => method.Name == member)
            ?? throw new DBusException(DBusErrors.UnknownMethod, $"{@interface} has no method {member}.");
        return method.Takes == takes ? method : throw new DBusException(DBusErrors.InvalidArgs, $"{member} takes {method.Takes}, not {takes}.");
    }

    private static void AnswerProperties(PendingAnswer answer, DBusObject shown, string member, string takes, IReadOnlyList<object> arguments)
    {
        switch (member, takes)
        {
            case ("Get", "ss"):
                DBusProperty property = Find(FindInterface(shown, arguments), (string)arguments[1]);
                object value = property.Get() ?? throw new DBusException(DBusErrors.UnknownProperty, $"{property.Name} has no value now.");
                answer.Give("v", [new DBusVariant(property.Type, value)]);
                break;
            case ("GetAll", "s"):
                answer.Give("a{sv}", [Describe(FindInterface(shown, arguments))]);
                break;
            case ("Set", "ssv"):
                DBusProperty settable = Find(FindInterface(shown, arguments), (string)arguments[1]);
                Action<object> set = settable.Set ?? throw new DBusException(DBusErrors.PropertyReadOnly, $"{settable.Name} can't be set.");
                set(arguments[2]);
                answer.Give("", []);
                break;
            default:
                throw new DBusException(DBusErrors.UnknownMethod, $"{Properties} has no method {member} that takes {takes}.");
        }
    }

    private static DBusInterface FindInterface(DBusObject shown, IReadOnlyList<object> arguments) => shown.Find((string)arguments[0])
        ?? throw new DBusException(DBusErrors.UnknownInterface, $"{shown.Path} has no interface {arguments[0]}.");

    private static DBusProperty Find(DBusInterface offered, string name) => offered.Properties.FirstOrDefault(property => property.Name == name)
        ?? throw new DBusException(DBusErrors.UnknownProperty, $"{offered.Name} has no property {name}.");

    private static Dictionary<string, object> Describe(DBusInterface offered)
    {
        Dictionary<string, object> values = [];
        foreach (DBusProperty property in offered.Properties)
        {
            if (property.Get() is { } value)
            {
                values[property.Name] = new DBusVariant(property.Type, value);
            }
        }

        return values;
    }

    private static Dictionary<string, object> Describe(DBusObject shown) =>
        shown.Interfaces.ToDictionary(offered => offered.Name, offered => (object)Describe(offered));

    private static bool IsBelow(string path, string root) =>
        path != root && (root == "/" || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '/'));

    private IEnumerable<DBusObject> ManagersOf(string path) => _objects.Values.Where(other => other.IsManager && IsBelow(path, other.Path));

    private void Remove(string path, DBusObject? only)
    {
        if (!_objects.TryGetValue(path, out DBusObject? shown) || (only is not null && shown != only))
        {
            return;
        }

        _objects.Remove(path);
        foreach (DBusObject manager in ManagersOf(path))
        {
            string[] names = [.. shown.Interfaces.Select(offered => offered.Name)];
            Emit(manager.Path, ObjectManager, "InterfacesRemoved", "oas", [new DBusPath(path), names]);
        }
    }

    private void Emit(string path, string @interface, string member, string signature, IReadOnlyList<object> arguments)
    {
        nint message = loop.NewSignal(path, @interface, member);
        DBusConnection.Fill(message, signature, arguments);
        loop.Send(message);
    }

    /// <summary>Takes an object away again.</summary>
    private sealed class Shown(ObjectTable table, DBusLoop loop, DBusObject shown) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            bool posted = loop.Post(() =>
            {
                try
                {
                    table.Remove(shown.Path, shown);
                }
                catch (DBusException)
                {
                    // The bus is gone, and with it all who could have been told.
                }

                done.SetResult();
            });
            await (posted ? done.Task : Task.CompletedTask).ConfigureAwait(false);
        }
    }
}
