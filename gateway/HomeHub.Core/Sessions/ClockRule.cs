namespace HomeHub.Core.Sessions;

/// <summary>When a device's clock is set.</summary>
public enum ClockRule
{
    /// <summary>After all was taken, when it is off.</summary>
    WhenOff,

    /// <summary>Before anything is subscribed: the device sends only then, or only then right.</summary>
    BeforeSending,

    /// <summary>Never.</summary>
    Never,
}
