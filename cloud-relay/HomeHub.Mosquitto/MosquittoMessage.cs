namespace HomeHub.Mosquitto;

/// <summary>A message as it came from the broker.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its payload, a copy of its own.</param>
/// <param name="Qos">The quality of service that it came with.</param>
/// <param name="Retain">Whether it was retained by the broker before the subscription.</param>
/// <param name="ContentType">The MQTT 5 content type; null where there is none.</param>
public sealed record MosquittoMessage(string Topic, ReadOnlyMemory<byte> Payload, MosquittoQos Qos, bool Retain, string? ContentType);
