using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>What a person can do about a fault that does not pass by itself, in plain words.</summary>
internal static class DeviceAdvice
{
    /// <summary>The advice; null for faults that may pass.</summary>
    public static string? For(PeripheralFault fault) => fault switch
    {
        PeripheralFault.BondLost =>
            "The device no longer knows this hub: its battery was changed, it was reset, or it was paired with a phone. Pair it again; what it has stored is kept.",
        PeripheralFault.InsufficientSecurity => "The device wants to be paired before it tells anything. Pair it.",
        PeripheralFault.StaleServices => "The device has changed, perhaps by new firmware. Forget it and pair it again; what it has stored is kept.",
        _ => null,
    };
}
