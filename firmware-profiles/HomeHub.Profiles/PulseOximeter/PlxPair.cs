using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PulseOximeter;

/// <summary>One SpO2PR field: what an averaging gives.</summary>
/// <param name="Saturation">SpO2 in per cent.</param>
/// <param name="PulseRate">Pulse rate in beats a minute.</param>
public readonly record struct PlxPair(MderFloat Saturation, MderFloat PulseRate);
