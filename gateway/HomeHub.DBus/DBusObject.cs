namespace HomeHub.DBus;

/// <summary>An object that is shown to the bus. Properties and introspection come by themselves.</summary>
/// <param name="path">Its path.</param>
/// <param name="interfaces">What it offers.</param>
public sealed class DBusObject(string path, params IReadOnlyList<DBusInterface> interfaces)
{
    /// <summary>Its path, <c>/org/homehub/agent</c>.</summary>
    public string Path { get; } = path;

    /// <summary>What it offers.</summary>
    public IReadOnlyList<DBusInterface> Interfaces { get; } = interfaces;

    /// <summary>Whether it offers <c>org.freedesktop.DBus.ObjectManager</c> over the objects below it.</summary>
    public bool IsManager { get; init; }

    internal DBusInterface? Find(string name)
    {
        foreach (DBusInterface offered in Interfaces)
        {
            if (offered.Name == name)
            {
                return offered;
            }
        }

        return null;
    }
}
