namespace HomeHub.DBus;

/// <summary>A call from outside.</summary>
/// <param name="Sender">Unique name of the caller.</param>
/// <param name="Path">The object that is called.</param>
/// <param name="Arguments">As the method's signature says.</param>
public sealed record DBusCall(string Sender, string Path, IReadOnlyList<object> Arguments);
