using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>How a connection went, step by step, each time from the advertisement that started it. Null: not reached.</summary>
public sealed record SessionReport
{
    /// <summary>The link was there.</summary>
    public TimeSpan? Connected { get; init; }

    /// <summary>The services were known.</summary>
    public TimeSpan? Resolved { get; init; }

    /// <summary>
    /// The link was known to be encrypted: the system encrypts with the keys of a bond before it finds the services, and says no more of it. Null: not
    /// reached, or there is no bond.
    /// </summary>
    public TimeSpan? Encrypted { get; init; }

    /// <summary>Everything was subscribed.</summary>
    public TimeSpan? Subscribed { get; init; }

    /// <summary>The first value came.</summary>
    public TimeSpan? FirstValue { get; init; }

    /// <summary>It was over.</summary>
    public TimeSpan Done { get; init; }

    /// <summary>Notifications and indications that were taken.</summary>
    public int Values { get; init; }

    /// <summary>Stored records that the device announced; null when it did not, or has none.</summary>
    public int? Announced { get; init; }

    /// <summary>Frames of a vendor's stream that were not understood, and of which there were more than are kept.</summary>
    public int Refused { get; init; }

    /// <summary>Octets of a vendor's stream that no frame starts with: the device is another one, or the link cuts what it tells.</summary>
    public long Dropped { get; init; }

    /// <summary>Whether the device has deleted stored records that were receipted.</summary>
    public bool HasDeleted { get; init; }

    /// <summary>Whether the hub let go while the device was still telling, as the connection took long enough.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the device was heard until it had no more to tell, in all that it measures, and was told to be silent by nobody.</summary>
    public bool HasToldAll { get; init; }

    /// <summary>Whether the device's clock was set.</summary>
    public bool HasSetClock { get; init; }

    /// <summary>Battery level that the device told, in per cent, the lowest where it has several; null: none.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>Whether the device's clock was compared with the hub's.</summary>
    public bool HasReadClock { get; init; }

    /// <summary>By how much it was ahead (negative: behind) before it was set; null: not compared, or it showed no time that can be.</summary>
    public TimeSpan? ClockOff { get; init; }

    /// <summary>What ended it; null when the hub let go after all was told.</summary>
    public PeripheralFault? Fault { get; init; }

    /// <summary>The fault in words, without values, names or addresses.</summary>
    public string? Reason { get; init; }
}
