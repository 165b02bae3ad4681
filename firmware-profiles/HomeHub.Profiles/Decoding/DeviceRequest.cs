namespace HomeHub.Profiles;

/// <summary>What is written to a device to ask it for something.</summary>
/// <param name="Characteristic">Where it is written.</param>
/// <param name="Octets">What is written.</param>
public readonly record struct DeviceRequest(BluetoothUuid Characteristic, byte[] Octets);
