namespace HomeHub.Mosquitto;

/// <summary>A Last Will: what the broker publishes when the connection ends without DISCONNECT.</summary>
/// <param name="Topic">The topic to publish to.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Qos">The quality of service.</param>
/// <param name="Retain">Whether the broker keeps it.</param>
public sealed record MosquittoWill(string Topic, ReadOnlyMemory<byte> Payload, MosquittoQos Qos, bool Retain);
