using HomeHub.Profiles;

namespace HomeHub.Core.Peripherals;

/// <summary>A characteristic of a connected peripheral.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Uuid">Its UUID; a service may hold several with the same.</param>
/// <param name="Handle">Tells characteristics of one peripheral apart; ascends in the peripheral's order.</param>
/// <param name="Properties">What can be done with it.</param>
public sealed record GattCharacteristic(BluetoothUuid Service, BluetoothUuid Uuid, ushort Handle, GattProperties Properties)
{
    /// <summary>True when it can be subscribed to.</summary>
    public bool CanSubscribe => (Properties & (GattProperties.Notify | GattProperties.Indicate)) != 0;

    /// <summary>True when it can be read.</summary>
    public bool CanRead => (Properties & GattProperties.Read) != 0;

    /// <summary>True when it can be written.</summary>
    public bool CanWrite => (Properties & (GattProperties.Write | GattProperties.WriteWithoutResponse)) != 0;
}
