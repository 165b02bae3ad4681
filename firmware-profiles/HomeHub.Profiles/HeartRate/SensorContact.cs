namespace HomeHub.Profiles.HeartRate;

/// <summary>Sensor Contact Status (Heart Rate Service 1.0, 3.1.1.1.2): flag bits 1 and 2 together.</summary>
public enum SensorContact : byte
{
    /// <summary>The sensor can't tell (0 and 1).</summary>
    NotSupported,

    /// <summary>No or poor contact with the skin (2).</summary>
    NotDetected,

    /// <summary>Contact (3).</summary>
    Detected,
}
