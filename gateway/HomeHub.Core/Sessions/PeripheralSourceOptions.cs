using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>How devices are connected.</summary>
public sealed record PeripheralSourceOptions
{
    /// <summary>Limits of one connection.</summary>
    public SessionLimits Limits { get; init; } = new();

    /// <summary>Limits of how often a device is connected.</summary>
    public ReconnectLimits Reconnect { get; init; } = new();

    /// <summary>Most connections at a time; controllers of small boards hold some seven links.</summary>
    public int MaxConnections { get; init; } = 5;

    /// <summary>Most payloads that wait to be put on disk; when it is reached, devices are not connected and keep what they have.</summary>
    public int MaxWaitingPayloads { get; init; } = 2_000;

    /// <summary>Whether the clocks of devices are set that are off and let themselves be set.</summary>
    public bool SetsClocks { get; init; } = true;

    /// <summary>Whether waveforms are taken of devices that send them only when told to (electrocardiogram); they fill disk and link.</summary>
    public bool TakesWaveforms { get; init; }

    /// <summary>Whether the hub knows the time by now, and the home's time zone.</summary>
    public Func<bool> IsTimeKnown { get; init; } = () => true;

    /// <summary>Whether the hub's clock is right by now, whatever is known of the zone: while it is not, no time is noted of a device.</summary>
    public Func<bool> IsClockKnown { get; init; } = () => true;

    /// <summary>What is done otherwise for a device because of its model: from what is registered, and the model number that it told (null: none yet).</summary>
    public Func<RegisteredDevice, string?, DeviceTraits> Traits { get; init; } = (_, _) => DeviceTraits.None;

    /// <summary>
    /// Whether everything that was ever taken from a service of a device (its address, 16-bit UUID of the service) is receipted; where nobody can tell, it
    /// is not. Asked before a device deletes anything.
    /// </summary>
    public Func<string, ushort, CancellationToken, Task<bool>> IsAllReceipted { get; init; } = (_, _, _) => Task.FromResult(false);
}
