namespace HomeHub.Profiles.HeartRate;

/// <summary>IEEE 11073-10101 terms of the heart rate sensor (IEEE 11073-10406, 11073-10441).</summary>
public static class HeartRateTerms
{
    /// <summary>Heart rate.</summary>
    public static readonly MdcTerm HeartRate = new(147842, "MDC_ECG_HEART_RATE");

    /// <summary>Time from one beat to the next.</summary>
    public static readonly MdcTerm RrInterval = new(147240, "MDC_ECG_TIME_PD_RR_GL");

    /// <summary>Energy expended since the last reset.</summary>
    public static readonly MdcTerm Energy = new(8454263, "MDC_HF_ENERGY");

    /// <summary>Status of the sensor; its bit 0 says that it lost contact.</summary>
    public static readonly MdcTerm Status = new(8410584, "MDC_ECG_DEV_STAT");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528525, "MDC_DEV_SUB_SPEC_PROFILE_HR");
}
