namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>IEEE 11073-10101 terms of the continuous glucose monitor (IEEE 11073-10425). Concentrations have the terms of the glucose meter.</summary>
public static class CgmTerms
{
    /// <summary>Sample Location nibble of subcutaneous tissue; the glucose meter has no such value.</summary>
    public const int SubcutaneousLocation = 5;

    /// <summary>How fast the concentration changes.</summary>
    public static readonly MdcTerm Trend = new(8418008, "MDC_CONC_GLU_TREND");

    /// <summary>How long the sensor may run.</summary>
    public static readonly MdcTerm RunTime = new(8418040, "MDC_CGM_SENSOR_RUN_TIME");

    /// <summary>Sensor Status Annunciation of the CGM Service.</summary>
    public static readonly MdcTerm SensorStatus = new(8418060, "MDC_CGM_DEV_STAT");

    /// <summary>Status of any device, for the annunciations that have no bit in <see cref="SensorStatus"/>.</summary>
    public static readonly MdcTerm DeviceStatus = new(8408608, "MDC_PHD_DM_DEV_STAT");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528409, "MDC_DEV_SPEC_PROFILE_CGM");

    /// <summary>Supplemental types of subcutaneous tissue. Shared, never changed.</summary>
    internal static readonly MdcTerm[] Subcutaneous = [new(8417849, "MDC_CTXT_GLU_SAMPLELOCATION_SUBCUTANEOUS")];
}
