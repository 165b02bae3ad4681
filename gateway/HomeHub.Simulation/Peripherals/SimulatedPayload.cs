namespace HomeHub.Simulation.Peripherals;

/// <summary>One payload of a simulated device.</summary>
/// <param name="Service">16-bit UUID of the service.</param>
/// <param name="Characteristic">16-bit UUID of the characteristic.</param>
/// <param name="Octets">The value.</param>
internal readonly record struct SimulatedPayload(ushort Service, ushort Characteristic, byte[] Octets);
