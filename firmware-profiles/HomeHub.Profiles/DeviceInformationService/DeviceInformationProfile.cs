using HomeHub.Profiles.OmronMemory;

namespace HomeHub.Profiles.DeviceInformationService;

/// <summary>Device Information Service 1.1 (0x180A). Each characteristic tells a part of <see cref="DeviceInformation"/>.</summary>
public static class DeviceInformationProfile
{
    /// <summary>System ID.</summary>
    public const ushort SystemIdUuid = 0x2A23;

    /// <summary>Model Number String.</summary>
    public const ushort ModelUuid = 0x2A24;

    /// <summary>Serial Number String.</summary>
    public const ushort SerialUuid = 0x2A25;

    /// <summary>Firmware Revision String.</summary>
    public const ushort FirmwareUuid = 0x2A26;

    /// <summary>Hardware Revision String.</summary>
    public const ushort HardwareUuid = 0x2A27;

    /// <summary>Software Revision String.</summary>
    public const ushort SoftwareUuid = 0x2A28;

    /// <summary>Manufacturer Name String.</summary>
    public const ushort ManufacturerUuid = 0x2A29;

    /// <summary>IEEE 11073-20601 Regulatory Certification Data List.</summary>
    public const ushort CertificationUuid = 0x2A2A;

    /// <summary>PnP ID.</summary>
    public const ushort PnpIdUuid = 0x2A50;

    /// <summary>The profile. It says nothing about what the device measures.</summary>
    public static readonly GattProfile Profile = new(
        0x180A,
        "Device Information",
        null,
        [
            new CharacteristicDecoder(SystemIdUuid, "System ID", DecodeSystemId),
            new CharacteristicDecoder(ModelUuid, "Model Number String", DecodeModel),
            new CharacteristicDecoder(SerialUuid, "Serial Number String", (o, _) => Told(new() { Serial = DeviceText.Read(o) })),
            new CharacteristicDecoder(FirmwareUuid, "Firmware Revision String", (o, _) => Told(new() { Firmware = DeviceText.Read(o) })),
            new CharacteristicDecoder(HardwareUuid, "Hardware Revision String", (o, _) => Told(new() { Hardware = DeviceText.Read(o) })),
            new CharacteristicDecoder(SoftwareUuid, "Software Revision String", (o, _) => Told(new() { Software = DeviceText.Read(o) })),
            new CharacteristicDecoder(ManufacturerUuid, "Manufacturer Name String", (o, _) => Told(new() { Manufacturer = DeviceText.Read(o) })),
            new CharacteristicDecoder(CertificationUuid, "IEEE 11073-20601 Regulatory Certification Data List", DecodeCertification),
            new CharacteristicDecoder(PnpIdUuid, "PnP ID", DecodePnpId),
        ]);

    private static DecodeResult DecodeSystemId(ReadOnlySpan<byte> octets, SessionContext context) =>
        SystemId.TryDecode(octets, out SystemId id, out DecodeError error)
            ? Told(new() { SystemId = id.IsDummy ? null : id.ToString() })
            : DecodeResult.Rejected(error);

    /// <summary>The model, which for some is also what their records are read by.</summary>
    private static DecodeResult DecodeModel(ReadOnlySpan<byte> octets, SessionContext context)
    {
        string? model = DeviceText.Read(octets);
        return Told(new() { Model = model }) with
        {
            Context = OmronMemoryMap.Find(model) is { } map ? context with { OmronModel = map.Model } : null,
        };
    }

    private static DecodeResult DecodeCertification(ReadOnlySpan<byte> octets, SessionContext context) =>
        CertificationList.TryDecode(octets, out CertificationList list, out DecodeError error)
            ? Told(new() { IsRegulated = list.IsRegulated })
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodePnpId(ReadOnlySpan<byte> octets, SessionContext context) =>
        PnpId.TryDecode(octets, out PnpId id, out DecodeError error)
            ? Told(new() { UsbId = id.UsbId })
            : DecodeResult.Rejected(error);

    private static DecodeResult Told(DeviceInformation device) => new() { Device = device };
}
