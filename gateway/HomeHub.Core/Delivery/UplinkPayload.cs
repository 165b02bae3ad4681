namespace HomeHub.Core.Delivery;

/// <summary>A payload as it goes over the wire.</summary>
/// <param name="Encoding">Name of the encoding in the topic, <c>json</c> or <c>br</c>.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record UplinkPayload(string Encoding, ReadOnlyMemory<byte> Bytes);
