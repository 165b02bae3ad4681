namespace HomeHub.Profiles;

/// <summary>What an exchange has to know from the start.</summary>
/// <param name="ModelNumber">Model Number String (2A24) of the device; null where it told none.</param>
/// <param name="Nonce">A number that is another one in each connection, for devices that are given one; it is no secret.</param>
public readonly record struct ExchangeStart(string? ModelNumber, uint Nonce);
