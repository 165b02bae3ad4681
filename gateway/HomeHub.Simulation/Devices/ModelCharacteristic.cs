using HomeHub.Core.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>A characteristic of a simulated device.</summary>
/// <param name="Service">16-bit UUID of its service.</param>
/// <param name="Uuid">Its own 16-bit UUID.</param>
/// <param name="Properties">What can be done with it.</param>
public sealed record ModelCharacteristic(ushort Service, ushort Uuid, GattProperties Properties);
