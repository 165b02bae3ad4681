namespace HomeHub.Simulation.Devices;

/// <summary>What can happen to a simulated device. In a device file the names are kebab-case: <c>forget-bonds</c>.</summary>
public enum ScriptAction
{
    /// <summary>It takes measurements.</summary>
    Measure,

    /// <summary>It cuts the link.</summary>
    Disconnect,

    /// <summary>It forgets its bonds, as after a change of the battery.</summary>
    ForgetBonds,

    /// <summary>Its clock is set.</summary>
    SetClock,

    /// <summary>It numbers its records from 1 again and forgets those that it had.</summary>
    RestartNumbers,

    /// <summary>It sends no more while the connection lasts, without a word.</summary>
    FallSilent,

    /// <summary>It sends again what it sent last. A device that stores records is asked for them and has no use for it.</summary>
    SendAgain,

    /// <summary>A characteristic fails.</summary>
    Fault,

    /// <summary>It stops advertising.</summary>
    Sleep,

    /// <summary>It advertises again.</summary>
    Wake,
}
