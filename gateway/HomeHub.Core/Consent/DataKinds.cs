namespace HomeHub.Core.Consent;

/// <summary>
/// Kinds of data that a person gives or refuses to a recipient. What a device tells about itself (status, battery, clock) has the kinds of what the device
/// measures. Numbers stay: they are stored.
/// </summary>
[Flags]
public enum DataKinds
{
    /// <summary>None that is known: given to nobody.</summary>
    None = 0,

    /// <summary>Blood pressure, with the pulse that was taken along.</summary>
    BloodPressure = 1,

    /// <summary>Weight and body composition.</summary>
    Weight = 2,

    /// <summary>Glucose, single and continuous, with context.</summary>
    Glucose = 4,

    /// <summary>Oxygen saturation, with the pulse that was taken along.</summary>
    Oximetry = 8,

    /// <summary>Heart rate and electrocardiogram.</summary>
    Heart = 16,

    /// <summary>Body temperature.</summary>
    Temperature = 32,

    /// <summary>Activity.</summary>
    Activity = 64,

    /// <summary>Temperature and humidity of the room where the hub stands: of everybody who lives there, so that everybody gives it or nobody does.</summary>
    Room = 128,
}
