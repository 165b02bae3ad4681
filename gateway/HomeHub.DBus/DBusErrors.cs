namespace HomeHub.DBus;

/// <summary>Names of errors that come often (D-Bus specification; sd-bus-errors(3)).</summary>
public static class DBusErrors
{
    /// <summary>Something went wrong; the message says what.</summary>
    public const string Failed = "org.freedesktop.DBus.Error.Failed";

    /// <summary>The bus went away, or the connection was closed.</summary>
    public const string Disconnected = "org.freedesktop.DBus.Error.Disconnected";

    /// <summary>The peer did not answer in time, or went away before it answered.</summary>
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";

    /// <summary>The time limit of the call was reached.</summary>
    public const string Timeout = "org.freedesktop.DBus.Error.Timeout";

    /// <summary>Nobody owns the name that was called.</summary>
    public const string ServiceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";

    /// <summary>The name has no owner.</summary>
    public const string NameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner";

    /// <summary>The policy of the bus, or the peer, does not allow it.</summary>
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";

    /// <summary>The peer has no such object.</summary>
    public const string UnknownObject = "org.freedesktop.DBus.Error.UnknownObject";

    /// <summary>The object has no such interface.</summary>
    public const string UnknownInterface = "org.freedesktop.DBus.Error.UnknownInterface";

    /// <summary>The object has no such method.</summary>
    public const string UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";

    /// <summary>The interface has no such property.</summary>
    public const string UnknownProperty = "org.freedesktop.DBus.Error.UnknownProperty";

    /// <summary>The property can't be set.</summary>
    public const string PropertyReadOnly = "org.freedesktop.DBus.Error.PropertyReadOnly";

    /// <summary>The arguments are not those that the method takes.</summary>
    public const string InvalidArgs = "org.freedesktop.DBus.Error.InvalidArgs";

    /// <summary>The message holds what this binding does not read, or more than it allows.</summary>
    public const string InconsistentMessage = "org.freedesktop.DBus.Error.InconsistentMessage";
}
