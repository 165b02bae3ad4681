namespace HomeHub.Core.Peripherals;

/// <summary>Characteristic properties (Core Specification Vol 3 Part G 3.3.1.1).</summary>
[Flags]
public enum GattProperties : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Can be read.</summary>
    Read = 0x02,

    /// <summary>Can be written without response.</summary>
    WriteWithoutResponse = 0x04,

    /// <summary>Can be written with response.</summary>
    Write = 0x08,

    /// <summary>Notifies.</summary>
    Notify = 0x10,

    /// <summary>Indicates.</summary>
    Indicate = 0x20,
}
