using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>What a person can do about a fault that does not pass by itself, in plain words.</summary>
internal static class DeviceAdvice
{
    /// <summary>Whether connecting again is of no use before somebody has done something.</summary>
    public static bool WaitsForSomebody(PeripheralFault fault) => fault is not (PeripheralFault.BondDoubtful or PeripheralFault.ConsentRefused) && For(fault) is not null;

    /// <summary>The advice; null for faults that may pass.</summary>
    public static string? For(PeripheralFault fault) => fault switch
    {
        PeripheralFault.BondLost =>
            "The device and the hub no longer know each other: its battery was changed, it was reset, it was paired with a phone, or the hub is a new one. Pair it again; what it has "
            + "stored is kept.",
        PeripheralFault.InsufficientSecurity => "The device wants to be paired before it tells anything. Pair it.",
        PeripheralFault.StaleServices => "The device has changed, perhaps by new firmware. Pair it again; what it has stored is kept.",
        PeripheralFault.BondDoubtful =>
            "The device lets go as soon as it is connected. The hub keeps trying. If it stays so, pair the device again; what it has stored is kept.",
        PeripheralFault.ConsentRefused =>
            "The device does not accept the code of one of its users, and keeps that user's records to itself. Look up user number and code at the device, and pair "
            + "it again with both.",
        _ => null,
    };
}
