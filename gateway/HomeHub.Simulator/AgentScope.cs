namespace HomeHub.Simulator;

/// <summary>Which pairings a simulated device answers.</summary>
internal enum AgentScope
{
    /// <summary>Those over its own adapter.</summary>
    Own,

    /// <summary>Those over every adapter.</summary>
    All,

    /// <summary>None: the system's default agent does.</summary>
    None,
}
