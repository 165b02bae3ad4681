namespace HomeHub.Core.Peripherals;

/// <summary>What a connection came to.</summary>
/// <param name="At">When it ended; null, which leaves what was noted before, while the hub's clock is not known.</param>
/// <param name="Trouble">What hinders the use of the device from now on; null clears it.</param>
/// <param name="ToldAllAt">When it began, if the device told everything that it had and all of that is safe; null leaves what was noted before.</param>
public sealed record DeviceSessionNote(DateTimeOffset? At, DeviceTrouble? Trouble, DateTimeOffset? ToldAllAt = null)
{
    /// <summary>When it last told a measurement; null leaves what was noted before.</summary>
    public DateTimeOffset? ValueAt { get; init; }

    /// <summary>Battery level that it told, in per cent; null leaves what was noted before.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>What the comparison of its clock showed; null leaves what was noted before.</summary>
    public DeviceClockNote? Clock { get; init; }
}
