namespace HomeHub.Profiles;

/// <summary>What the Device Information Service (0x180A) tells of a device; null for what was not read. Texts are trimmed of NULs and blanks.</summary>
public sealed record DeviceInformation
{
    /// <summary>System ID (0x2A23): EUI-64 as 16 upper-case hex digits, OUI first (reversed from the wire); null when absent or a dummy.</summary>
    public string? SystemId { get; init; }

    /// <summary>Manufacturer Name String (0x2A29).</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model Number String (0x2A24).</summary>
    public string? Model { get; init; }

    /// <summary>Serial Number String (0x2A25).</summary>
    public string? Serial { get; init; }

    /// <summary>Hardware Revision String (0x2A27).</summary>
    public string? Hardware { get; init; }

    /// <summary>Firmware Revision String (0x2A26).</summary>
    public string? Firmware { get; init; }

    /// <summary>Software Revision String (0x2A28).</summary>
    public string? Software { get; init; }

    /// <summary>PnP ID (0x2A50): <c>1234:56AB</c> when the vendor id is one of the USB Implementer's Forum, else null.</summary>
    public string? UsbId { get; init; }

    /// <summary>IEEE 11073-20601 Regulatory Certification Data List (0x2A2A): true = regulated, false = unregulated, null = not said.</summary>
    public bool? IsRegulated { get; init; }

    /// <summary>This information, completed and overruled by what <paramref name="newer"/> knows.</summary>
    public DeviceInformation With(DeviceInformation newer) => new()
    {
        SystemId = newer.SystemId ?? SystemId,
        Manufacturer = newer.Manufacturer ?? Manufacturer,
        Model = newer.Model ?? Model,
        Serial = newer.Serial ?? Serial,
        Hardware = newer.Hardware ?? Hardware,
        Firmware = newer.Firmware ?? Firmware,
        Software = newer.Software ?? Software,
        UsbId = newer.UsbId ?? UsbId,
        IsRegulated = newer.IsRegulated ?? IsRegulated,
    };
}
