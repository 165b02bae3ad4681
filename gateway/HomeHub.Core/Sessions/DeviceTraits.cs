using HomeHub.Profiles;

namespace HomeHub.Core.Sessions;

/// <summary>What a session does otherwise for a device because of its model.</summary>
public sealed record DeviceTraits
{
    /// <summary>Nothing otherwise: a device whose model is not known.</summary>
    public static readonly DeviceTraits None = new();

    /// <summary>Shortest time from one connection to the next; null: as <see cref="ReconnectLimits"/> says.</summary>
    public TimeSpan? ReconnectAfter { get; init; }

    /// <summary>Whether it tells what it measures in advertisements, and is not connected.</summary>
    public bool TellsInAdvertisements { get; init; }

    /// <summary>Services of vendors by which its model is known to tell its readings; those that devices of all kinds have are taken only where they stand here.</summary>
    public IReadOnlyList<BluetoothUuid> VendorServices { get; init; } = [];

    /// <summary>When its clock is set.</summary>
    public ClockRule Clock { get; init; }

    /// <summary>By how much its clock may be off without being set; null: as <see cref="SessionLimits.ClockTolerance"/> says.</summary>
    public TimeSpan? ClockTolerance { get; init; }

    /// <summary>Whether its stored records are deleted on it once all that it told are receipted.</summary>
    public bool DeletesAfterReceipt { get; init; }
}
