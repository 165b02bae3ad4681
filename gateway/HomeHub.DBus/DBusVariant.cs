namespace HomeHub.DBus;

/// <summary>
/// A value with its signature, for writing variants whose type .NET does not tell (an empty array, a structure). Reading gives the bare value.
/// </summary>
/// <param name="Signature">Signature of one complete type, <c>a{sv}</c>.</param>
/// <param name="Value">The value, as <see cref="DBusConnection"/> describes it for that signature.</param>
public sealed record DBusVariant(string Signature, object Value);
