using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Peripherals;

/// <summary>What a peripheral told while it was scanned for: advertisement and scan response together, as far as they were heard.</summary>
public sealed record Advertisement
{
    /// <summary>Bluetooth device address, <c>C0:FF:EE:00:00:01</c>, upper case; the identity address where a bond tells it.</summary>
    public required string Address { get; init; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public AddressType AddressType { get; init; }

    /// <summary>Local name; null when it told none.</summary>
    public string? Name { get; init; }

    /// <summary>Received signal strength in dBm, about -100 (far) to -30 (near); null when not known.</summary>
    public short? Rssi { get; init; }

    /// <summary>Services that it offers by its advertisement.</summary>
    public IReadOnlyList<BluetoothUuid> Services { get; init; } = [];

    /// <summary>Service data: octets by service. Some scales tell their measurement here and are never connected.</summary>
    public IReadOnlyDictionary<BluetoothUuid, byte[]> ServiceData { get; init; } = EmptyServiceData;

    /// <summary>Manufacturer specific data: octets by company identifier.</summary>
    public IReadOnlyDictionary<ushort, byte[]> ManufacturerData { get; init; } = EmptyManufacturerData;

    /// <summary>Whether this hub holds a bond with it.</summary>
    public bool IsBonded { get; init; }

    /// <summary>Hub time of reception.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    private static readonly IReadOnlyDictionary<BluetoothUuid, byte[]> EmptyServiceData = new Dictionary<BluetoothUuid, byte[]>();

    private static readonly IReadOnlyDictionary<ushort, byte[]> EmptyManufacturerData = new Dictionary<ushort, byte[]>();
}
