using System.Globalization;
using HomeHub.Profiles;

namespace HomeHub.Core.Identity;

/// <summary>A personal health device as the hub knows it. Immutable; learning more gives a new one.</summary>
public sealed record DeviceDescriptor
{
    /// <summary>Bluetooth device address, <c>C0:FF:EE:00:00:01</c>, upper case.</summary>
    public required string Address { get; init; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public AddressType AddressType { get; init; }

    /// <summary>What its Device Information Service told.</summary>
    public DeviceInformation Information { get; init; } = new();

    /// <summary>Health services that it was seen to offer, ascending.</summary>
    public BluetoothUuid[] Services { get; init; } = [];

    /// <summary>True when its clock can be read.</summary>
    public bool HasReadableClock { get; init; }

    /// <summary>True when its clock can be set.</summary>
    public bool HasWritableClock { get; init; }

    /// <summary>True when there is no such device here: it is simulated, or its payloads are replayed from a capture.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>True when the address stays the same and may identify the device: public or static random, never a private address.</summary>
    public bool HasStableAddress =>
        AddressType == AddressType.Public
        || (byte.TryParse(Address.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte top) && (top & 0xC0) == 0xC0);

    /// <summary>Identity within FHIR identifiers: EUI-64 (16 hex digits) or, without one, the address (12 hex digits).</summary>
    public string IdentityHex => Information.SystemId ?? Address.Replace(":", "", StringComparison.Ordinal);

    /// <summary>The same device, with a service that it offers.</summary>
    public DeviceDescriptor WithService(BluetoothUuid service)
    {
        if (Array.IndexOf(Services, service) >= 0)
        {
            return this;
        }

        BluetoothUuid[] services = [.. Services, service];
        Array.Sort(services, static (one, other) => one.Value.CompareTo(other.Value));
        return this with { Services = services };
    }

    /// <inheritdoc/>
    public bool Equals(DeviceDescriptor? other) =>
        other is not null && Address == other.Address && AddressType == other.AddressType && Information == other.Information
        && HasReadableClock == other.HasReadableClock && HasWritableClock == other.HasWritableClock && IsSynthetic == other.IsSynthetic
        && Services.AsSpan().SequenceEqual(other.Services);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Information, Services.Length);
}
