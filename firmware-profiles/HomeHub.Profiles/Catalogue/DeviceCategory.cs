namespace HomeHub.Profiles.Catalogue;

/// <summary>What a model is to a person.</summary>
public enum DeviceCategory
{
    /// <summary>Blood-pressure monitor.</summary>
    BloodPressure,

    /// <summary>Pulse oximeter.</summary>
    Oximeter,

    /// <summary>Thermometer for the body.</summary>
    Thermometer,

    /// <summary>Scale, also one that measures body composition.</summary>
    Scale,

    /// <summary>Blood glucose meter.</summary>
    GlucoseMeter,

    /// <summary>Continuous glucose monitor.</summary>
    Cgm,

    /// <summary>Strap or armband that measures the heart rate.</summary>
    HeartRateStrap,
}
