namespace HomeHub.Core.ManualEntries;

/// <summary>What a person can enter.</summary>
public enum ManualKind : byte
{
    /// <summary>Body weight, in kg or lb.</summary>
    Weight = 1,

    /// <summary>Systolic and diastolic pressure, in mmHg or kPa, with the pulse rate where it is told.</summary>
    BloodPressure = 2,

    /// <summary>Body temperature, in °C or °F.</summary>
    Temperature = 3,

    /// <summary>Glucose concentration of capillary whole blood, as meters tell it, in mg/dL or mmol/L.</summary>
    Glucose = 4,

    /// <summary>Oxygen saturation, in %, with the pulse rate where it is told.</summary>
    OxygenSaturation = 5,
}
