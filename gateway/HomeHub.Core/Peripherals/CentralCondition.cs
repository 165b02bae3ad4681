namespace HomeHub.Core.Peripherals;

/// <summary>Conditions of the hub's radio.</summary>
public enum CentralCondition
{
    /// <summary>Being looked for.</summary>
    Starting,

    /// <summary>Powered and usable.</summary>
    Ready,

    /// <summary>The system's message bus is away.</summary>
    NoBus,

    /// <summary>The system's Bluetooth service does not run.</summary>
    NoService,

    /// <summary>The system's Bluetooth service runs, or its name is there, and it does not answer.</summary>
    NotAnswering,

    /// <summary>There is no adapter, or not the one that was chosen.</summary>
    NoAdapter,

    /// <summary>The adapter is switched off or blocked and could not be powered.</summary>
    PoweredOff,

    /// <summary>This user may not use Bluetooth.</summary>
    NoPermission,
}
