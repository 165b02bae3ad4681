namespace HomeHub.DBus;

/// <summary>An interface of an object that is shown to the bus.</summary>
/// <param name="name">Its name, <c>org.bluez.Agent1</c>.</param>
public sealed class DBusInterface(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its methods.</summary>
    public IReadOnlyList<DBusMethod> Methods { get; init; } = [];

    /// <summary>Its properties.</summary>
    public IReadOnlyList<DBusProperty> Properties { get; init; } = [];
}
