using HomeHub.Core.Acquisition;
using HomeHub.Profiles;

namespace HomeHub.Core.Buffering;

/// <summary>What may be told of a payload in quarantine: no octet of it, no device, no patient.</summary>
/// <param name="Code">Error code, e.g. <c>truncated</c>.</param>
/// <param name="Characteristic">UUID of the characteristic.</param>
/// <param name="Field">Field of the specification.</param>
/// <param name="Offset">Offset of the field's first octet, from 0.</param>
/// <param name="ReceivedAt">When it was received; null when that is not known.</param>
/// <param name="Unplaced">What is known instead; null where the time is known, or nothing was noted.</param>
public sealed record QuarantinedPayload(
    string Code, BluetoothUuid Characteristic, string Field, int Offset, DateTimeOffset? ReceivedAt, UnplacedTime? Unplaced = null);
