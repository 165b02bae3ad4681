namespace HomeHub.Profiles;

/// <summary>Whom or what a value is about.</summary>
public enum ValueSubject : byte
{
    /// <summary>The person who used the device.</summary>
    Patient,

    /// <summary>The device itself: battery, settings, control solution.</summary>
    Device,

    /// <summary>The room where the hub stands, and nobody in it.</summary>
    Room,
}
