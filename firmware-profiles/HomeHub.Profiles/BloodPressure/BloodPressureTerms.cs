namespace HomeHub.Profiles.BloodPressure;

/// <summary>IEEE 11073-10101 terms of the blood pressure monitor (IEEE 11073-10407).</summary>
public static class BloodPressureTerms
{
    /// <summary>Blood pressure as a whole.</summary>
    public static readonly MdcTerm Panel = new(150020, "MDC_PRESS_BLD_NONINV");

    /// <summary>Systolic pressure.</summary>
    public static readonly MdcTerm Systolic = new(150021, "MDC_PRESS_BLD_NONINV_SYS");

    /// <summary>Diastolic pressure.</summary>
    public static readonly MdcTerm Diastolic = new(150022, "MDC_PRESS_BLD_NONINV_DIA");

    /// <summary>Mean arterial pressure.</summary>
    public static readonly MdcTerm Mean = new(150023, "MDC_PRESS_BLD_NONINV_MEAN");

    /// <summary>Pulse rate from the cuff.</summary>
    public static readonly MdcTerm PulseRate = new(149546, "MDC_PULS_RATE_NON_INV");

    /// <summary>Pressure in the cuff while it measures.</summary>
    public static readonly MdcTerm CuffPressure = new(150300, "MDC_PRESS_CUFF");

    /// <summary>Measurement Status of the Blood Pressure Service.</summary>
    public static readonly MdcTerm Status = new(8410608, "MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528391, "MDC_DEV_SPEC_PROFILE_BP");
}
