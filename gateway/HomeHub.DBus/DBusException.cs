namespace HomeHub.DBus;

/// <summary>An error that a peer answered with, or that the bus or this binding found. See <see cref="DBusErrors"/> for names that come often.</summary>
public sealed class DBusException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DBusException()
        : this(DBusErrors.Failed, "The call failed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public DBusException(string message)
        : this(DBusErrors.Failed, message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public DBusException(string message, Exception innerException)
        : this(DBusErrors.Failed, message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="name">Error name, <c>org.freedesktop.DBus.Error.Failed</c>.</param>
    /// <param name="message">What the peer said; may be empty.</param>
    /// <param name="innerException">What caused it; null when nothing did.</param>
    public DBusException(string name, string message, Exception? innerException = null)
        : base(message.Length > 0 ? message : name, innerException) => Name = name;

    /// <summary>Error name, <c>org.bluez.Error.Failed</c>.</summary>
    public string Name { get; }
}
