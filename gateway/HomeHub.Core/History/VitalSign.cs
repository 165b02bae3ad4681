namespace HomeHub.Core.History;

/// <summary>What a person looks at in the own history.</summary>
public enum VitalSign
{
    /// <summary>Systolic and diastolic pressure.</summary>
    BloodPressure,

    /// <summary>Pulse rate, taken along with a pressure or a saturation.</summary>
    Pulse,

    /// <summary>Glucose, single or continuous.</summary>
    Glucose,

    /// <summary>Body weight.</summary>
    Weight,

    /// <summary>Body temperature, wherever it was taken.</summary>
    Temperature,

    /// <summary>Oxygen saturation.</summary>
    OxygenSaturation,

    /// <summary>Heart rate of a sensor that is worn.</summary>
    HeartRate,
}
