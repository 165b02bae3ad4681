namespace HomeHub.Core.Buffering;

/// <summary>What may be told of a payload in quarantine: no octet of it, no device, no patient.</summary>
/// <param name="Code">Error code, e.g. <c>truncated</c>.</param>
/// <param name="Characteristic">16-bit UUID of the characteristic.</param>
/// <param name="Field">Field of the specification.</param>
/// <param name="Offset">Offset of the field's first octet, from 0.</param>
/// <param name="ReceivedAt">When it was received.</param>
public sealed record QuarantinedPayload(string Code, ushort Characteristic, string Field, int Offset, DateTimeOffset ReceivedAt);
