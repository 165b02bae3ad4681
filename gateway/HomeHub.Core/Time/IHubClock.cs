namespace HomeHub.Core.Time;

/// <summary>Port: what the hub's system knows of its own time. A small board has no clock that runs while it is off.</summary>
public interface IHubClock
{
    /// <summary>Whether the clock was synchronised since the system started, and shows the right time (rule 9.1).</summary>
    bool IsTimeKnown { get; }

    /// <summary>Name of this start of the system, another one after each.</summary>
    string BootId { get; }

    /// <summary>Time since the system started, whatever its clock was set to meanwhile.</summary>
    TimeSpan Uptime { get; }
}
