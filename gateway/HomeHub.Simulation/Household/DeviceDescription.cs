using System.Text.Json.Serialization;
using HomeHub.Core.Identity;

namespace HomeHub.Simulation.Household;

/// <summary>One device of a simulated household.</summary>
public sealed record DeviceDescription
{
    /// <summary>Most connections of one device.</summary>
    public const int MaxConnections = 1_000_000;

    /// <summary>Most measurements in one connection.</summary>
    public const int MaxReadingsPerConnection = 10_000;

    /// <summary>What it measures.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Whose it is: <c>Patient/p1</c> or <c>system|value</c>.</summary>
    public required string Patient { get; init; }

    /// <summary>Bluetooth device address, <c>C0:FF:EE:00:00:01</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public AddressType AddressType { get; init; }

    /// <summary>System ID as 2A23 is read: 16 hex digits, least significant octet first; null when the device has none.</summary>
    public string? SystemId { get; init; }

    /// <summary>Manufacturer name.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model number.</summary>
    public string? Model { get; init; }

    /// <summary>Serial number.</summary>
    public string? Serial { get; init; }

    /// <summary>Firmware revision.</summary>
    public string? Firmware { get; init; }

    /// <summary>How far the device's clock is ahead of the true time, in seconds; negative when it is behind.</summary>
    public int ClockOffsetSeconds { get; init; }

    /// <summary>How often it connects.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>Measurements it brings each time. A weighing gives two readings (weight, body composition), a glucose test too (value, context).</summary>
    public int ReadingsPerConnection { get; init; } = 1;

    /// <summary>When it connects first, in minutes after the start.</summary>
    public double FirstAfterMinutes { get; init; }

    /// <summary>Minutes from one connection to the next.</summary>
    public double EveryMinutes { get; init; } = 60;

    /// <summary>Battery level that it reports at each connection, in percent; null when it has no Battery Service. It loses a point every fifth connection.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>Time from the start to the last connection.</summary>
    [JsonIgnore]
    public TimeSpan LastAfter => TimeSpan.FromMinutes(FirstAfterMinutes + ((Connections - 1) * EveryMinutes));
}
