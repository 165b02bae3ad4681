using HomeHub.Simulation.Devices;

namespace HomeHub.Simulator;

/// <summary>What the command line asks for.</summary>
internal sealed record SimulatorOptions(string Adapter, DeviceFile Device, int Seed, string? Bus, AgentScope Agent);
