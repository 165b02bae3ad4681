namespace HomeHub.Core.Peripherals;

/// <summary>Error codes of the Attribute Protocol (Core Specification Vol 3 Part F 3.4.1.1).</summary>
public static class AttErrors
{
    /// <summary>What a code means.</summary>
    public static PeripheralFault ToFault(byte code) => code switch
    {
        0x01 or 0x0A => PeripheralFault.StaleServices,
        0x02 or 0x03 or 0x08 => PeripheralFault.NotPermitted,
        0x05 or 0x0C or 0x0F => PeripheralFault.InsufficientSecurity,
        >= 0x80 => PeripheralFault.ProfileError,
        _ => PeripheralFault.Failed,
    };
}
