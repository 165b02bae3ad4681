namespace HomeHub.DBus;

/// <summary>A property of an object that is shown to the bus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Signature of its value.</param>
/// <param name="Get">Its value now; runs on the connection's thread. Null: the object has it not now, and it is left out.</param>
/// <param name="Set">Takes a new value; runs on the connection's thread. Null: it can't be set. A <see cref="DBusException"/> becomes the answer.</param>
public sealed record DBusProperty(string Name, string Type, Func<object?> Get, Action<object>? Set = null);
