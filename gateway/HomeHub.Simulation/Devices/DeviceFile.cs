using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Devices;

/// <summary>A simulated device, as a device file describes it (docs/simulation.md).</summary>
public sealed record DeviceFile
{
    /// <summary>Most records that it can have stored at the start.</summary>
    public const int MaxStoredRecords = 10_000;

    /// <summary>What it measures.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Local name that it advertises; at most 20 characters, so that it fits beside its services.</summary>
    public required string Name { get; init; }

    /// <summary>Manufacturer name; null: none.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model number; null: none.</summary>
    public string? Model { get; init; }

    /// <summary>Serial number; null: none.</summary>
    public string? Serial { get; init; }

    /// <summary>Firmware revision; null: none.</summary>
    public string? Firmware { get; init; }

    /// <summary>System ID as 2A23 is read: 16 hex digits, least significant octet first; null: none.</summary>
    public string? SystemId { get; init; }

    /// <summary>Whether it has a clock at all; a heart-rate strap never has.</summary>
    public bool HasClock { get; init; } = true;

    /// <summary>Whether its clock can be set.</summary>
    public bool HasSettableClock { get; init; } = true;

    /// <summary>How far its clock is ahead of the true time at the start, in seconds; negative when it is behind.</summary>
    public double ClockOffsetSeconds { get; init; }

    /// <summary>By how much its clock gains, in parts per million; negative when it loses.</summary>
    public double ClockDriftPpm { get; init; }

    /// <summary>Battery level in percent; null when it has no Battery Service of its own.</summary>
    public byte? BatteryPercent { get; init; }

    /// <summary>User that it names in its records, 0 to 254 (blood pressure); null: none.</summary>
    public byte? UserIndex { get; init; }

    /// <summary>Measurements that it has stored at the start.</summary>
    public int StoredRecords { get; init; }

    /// <summary>Minutes between the stored measurements; the newest is so old at the start.</summary>
    public double StoredEveryMinutes { get; init; } = 60;

    /// <summary>When the newest stored measurement was taken, so that the same file gives the same records at each start; null: one interval ago.</summary>
    public DateTimeOffset? StoredUntil { get; init; }

    /// <summary>What it asks for before it tells anything.</summary>
    public DeviceSecurity Security { get; init; }

    /// <summary>Milliseconds between two records that it sends.</summary>
    public int SendIntervalMilliseconds { get; init; } = 20;

    /// <summary>Whether it advertises only while it has something to tell.</summary>
    public bool AdvertisesOnlyWithNews { get; init; }

    /// <summary>Whether it cuts the link once it has sent what it had.</summary>
    public bool DropsLinkWhenDone { get; init; }

    /// <summary>What it does otherwise than it should.</summary>
    public IReadOnlyList<DeviceQuirk> Quirks { get; init; } = [];

    /// <summary>What happens when, in the order in which it happens.</summary>
    public IReadOnlyList<ScriptStep> Script { get; init; } = [];
}
