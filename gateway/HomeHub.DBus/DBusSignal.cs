namespace HomeHub.DBus;

/// <summary>A signal that was received.</summary>
/// <param name="Sender">Unique name of the sender; <c>org.freedesktop.DBus</c> for the bus itself.</param>
/// <param name="Path">Object that it came from.</param>
/// <param name="Interface">Its interface.</param>
/// <param name="Member">Its name.</param>
/// <param name="Arguments">What it carries.</param>
public sealed record DBusSignal(string Sender, string Path, string Interface, string Member, IReadOnlyList<object> Arguments);
