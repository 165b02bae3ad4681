using HomeHub.Core.SelfCheck;
using HomeHub.Core.Time;

namespace HomeHub.Gateway.Hub;

/// <summary>What a running hub tells about itself beside the buffer: whether it runs, and whether it reaches the broker.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Software">Version of the program.</param>
/// <param name="Since">When it started.</param>
/// <param name="At">When this was written. By the start of the system and the time since: its clock may be set at any time.</param>
/// <param name="IsConnected">Whether the broker is reached.</param>
/// <param name="BrokerSince">Since when it is, or is not.</param>
/// <param name="IsFull">Whether the buffer takes no more readings.</param>
/// <param name="LastError">Why the broker is not reached; null while it is.</param>
/// <param name="Radio">Whether Bluetooth can be used: the condition in kebab case, e.g. <c>ready</c>, <c>no-adapter</c>; null where the hub runs without.</param>
/// <param name="RadioError">Why it can't be used; null while it can.</param>
/// <param name="HeldBecause">Why what devices tell is kept and not sent: <c>time-not-known</c> or <c>time-zone-not-set</c>; null while it is sent.</param>
/// <param name="Pages">Address of the pages; null where they are off.</param>
/// <param name="OwnNetwork">How it stands with the hub's own network: the condition in kebab case, e.g. <c>open</c>, <c>not-able</c>; null where it opens none.</param>
/// <param name="Room">How it stands with the sensor of the room: the condition in kebab case, e.g. <c>ready</c>, <c>none</c>; null where none is looked for.</param>
/// <param name="RoomAt">When it last told something; null: not since the hub started.</param>
/// <param name="Board">How it stands with light, buzzer and button; null where the machine has nothing of the kind.</param>
internal sealed record RunState(
    int Pid, string Software, DateTimeOffset Since, BootMoment? At, bool IsConnected, DateTimeOffset BrokerSince, bool IsFull, string? LastError,
    string? Radio = null, string? RadioError = null, string? HeldBecause = null, string? Pages = null, string? OwnNetwork = null,
    string? Room = null, DateTimeOffset? RoomAt = null, IReadOnlyList<BoardPartState>? Board = null)
{
    /// <summary>How often it is written at least while the hub runs. Rarely: each time wears a memory card, and a process that is gone is known by itself.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(10);

    /// <summary>A state older than this comes from a hub that hangs, however alive its process looks.</summary>
    public static readonly TimeSpan MaxAge = 2 * Heartbeat + TimeSpan.FromMinutes(1);

    /// <summary>When the process was started, in ticks since the system was: its number alone may be another one's by now. Null where the system does not tell.</summary>
    public long? StartTicks { get; init; }

    /// <summary>What the hub found of itself; null before it has looked.</summary>
    public SelfCheckReport? SelfCheck { get; init; }

    /// <summary>True while the hub that wrote it runs.</summary>
    public bool IsCurrent(IHubClock clock) =>
        At?.BootId == clock.BootId && clock.Uptime - At.Uptime < MaxAge && Directory.Exists($"/proc/{Pid}") && ProcessStart.Read(Pid) == StartTicks;

    /// <summary>Whether it tells the same as one before, but for when it was written; moments that moved by less than a second are the same.</summary>
    public bool TellsAs(RunState? other) => other is not null
        && this with { At = null, Since = default, BrokerSince = default, SelfCheck = null, Board = null } == other with { At = null, Since = default, BrokerSince = default, SelfCheck = null, Board = null }
        && (Since - other.Since).Duration() < Second && (BrokerSince - other.BrokerSince).Duration() < Second
        && (Board is null ? other.Board is null : other.Board is { } board && Board.Count == board.Count && Board.Zip(board).All(pair => pair.First.TellsAs(pair.Second)))
        && (SelfCheck is null ? other.SelfCheck is null : other.SelfCheck is { } told && SelfCheck.TellsAs(told));

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
}
