namespace HomeHub.Core.Board;

/// <summary>What the status light shows. The meanings stand on the label, so that they are never changed, only added to.</summary>
public enum LightPattern
{
    /// <summary>Dark: no power, or the hub is not running.</summary>
    Off,

    /// <summary>Slowly on and off. All is well.</summary>
    Breathing,

    /// <summary>On. Something needs a person; readings are safe.</summary>
    Solid,

    /// <summary>Quick blinking. The hub waits for a person just now, and not for long.</summary>
    Fast,
}
