using HomeHub.Profiles.DeviceInformationService;

namespace HomeHub.Core.Peripherals;

/// <summary>What the hub remembers of a device between connections, so that it neither reads nor asks for everything anew.</summary>
public sealed record DeviceMemory
{
    /// <summary>Nothing.</summary>
    public static readonly DeviceMemory Empty = new();

    /// <summary>Firmware revision (2A26) by which <see cref="Descriptions"/> were read; null when the device tells none, and then they are read each time.</summary>
    public string? Firmware { get; init; }

    /// <summary>Values that stay the same while the firmware does: Device Information, features.</summary>
    public IReadOnlyList<RememberedValue> Descriptions { get; init; } = [];

    /// <summary>Last stored record of each service that is safe in the buffer.</summary>
    public IReadOnlyList<RecordMark> Marks { get; init; } = [];

    /// <summary>Model number that is among <see cref="Descriptions"/>; null when the device told none.</summary>
    public string? Model => Descriptions.LastOrDefault(value => value.Characteristic == DeviceInformationProfile.ModelUuid) is { } told
        ? DeviceText.Read(told.Octets)
        : null;
}
