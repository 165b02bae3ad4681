namespace HomeHub.Profiles;

/// <summary>How a stream is asked for that a device sends only when told to.</summary>
/// <param name="ControlPoint">Characteristic that the request is written to, and that answers.</param>
/// <param name="Start">Request to begin.</param>
/// <param name="Stop">Request to end.</param>
/// <param name="IsStarted">Whether an answer says that it has begun; null for an answer to something else.</param>
public sealed record StreamControl(BluetoothUuid ControlPoint, byte[] Start, byte[] Stop, Func<byte[], bool?> IsStarted);
