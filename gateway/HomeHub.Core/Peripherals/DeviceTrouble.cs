namespace HomeHub.Core.Peripherals;

/// <summary>What hinders the use of a device.</summary>
/// <param name="Fault">What it is.</param>
/// <param name="Since">Since when; null where the hub's clock was not known then.</param>
/// <param name="Advice">What to do about it, in words for a person.</param>
public sealed record DeviceTrouble(PeripheralFault Fault, DateTimeOffset? Since, string Advice);
