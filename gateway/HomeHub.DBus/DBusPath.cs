namespace HomeHub.DBus;

/// <summary>An object path, <c>/org/bluez/hci0</c>.</summary>
/// <param name="Value">The path.</param>
public readonly record struct DBusPath(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
