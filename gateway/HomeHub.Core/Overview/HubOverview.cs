using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Holding;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;

namespace HomeHub.Core.Overview;

/// <summary>How the running hub is, for those who look at it. Holds no value that was measured of a person.</summary>
public sealed record HubOverview
{
    /// <summary>When this was so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Software { get; init; }

    /// <summary>When the hub started.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether the broker is reached, and since when that is so.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Since when <see cref="IsConnected"/> is as it is.</summary>
    public required DateTimeOffset BrokerSince { get; init; }

    /// <summary>The radio; null where the hub runs without.</summary>
    public CentralCondition? Radio { get; init; }

    /// <summary>What is in the buffer.</summary>
    public required BufferCounts Counts { get; init; }

    /// <summary>Payloads that wait until the hub knows its time and place.</summary>
    public long Held { get; init; }

    /// <summary>Why what devices tell is held; null while it is sent.</summary>
    public HoldReason? HeldBecause { get; init; }

    /// <summary>The devices that were set up, by address.</summary>
    public required IReadOnlyList<RegisteredDevice> Devices { get; init; }

    /// <summary>Free space where the data folder is, in bytes; null when it can't be told.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>What it found of itself; null before it has looked.</summary>
    public SelfCheckReport? SelfCheck { get; init; }

    /// <summary>What it runs on; null when that can't be told.</summary>
    public HubPower? Power { get; init; }

    /// <summary>Temperature of the board in °C; null when it tells none.</summary>
    public decimal? BoardCelsius { get; init; }

    /// <summary>How the room is where it stands; null where no sensor is looked for.</summary>
    public RoomNow? Room { get; init; }
}
