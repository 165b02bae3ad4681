namespace HomeHub.DBus;

/// <summary>A method of an object that is shown to the bus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Takes">Signature of its arguments; others are refused before the handler is asked.</param>
/// <param name="Gives">Signature of what it answers.</param>
/// <param name="Handler">
/// Answers; runs on the connection's thread up to its first await, so it must not block. May answer late. A <see cref="DBusException"/> becomes the
/// answer as its name and message.
/// </param>
public sealed record DBusMethod(string Name, string Takes, string Gives, Func<DBusCall, Task<IReadOnlyList<object>>> Handler);
