namespace HomeHub.Profiles;

/// <summary>What is wrong with a payload, and where. Holds no octet of it, so it may be logged.</summary>
/// <param name="Code">What kind of error.</param>
/// <param name="Characteristic">UUID of the characteristic.</param>
/// <param name="Field">Field of the specification, e.g. <c>Systolic</c>.</param>
/// <param name="Offset">Offset of the field's first octet, from 0.</param>
public readonly record struct DecodeError(DecodeErrorCode Code, BluetoothUuid Characteristic, string Field, int Offset);
