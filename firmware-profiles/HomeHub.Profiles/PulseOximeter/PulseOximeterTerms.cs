namespace HomeHub.Profiles.PulseOximeter;

/// <summary>IEEE 11073-10101 terms of the pulse oximeter (IEEE 11073-10404).</summary>
public static class PulseOximeterTerms
{
    /// <summary>Oxygen saturation of arterial blood by pulse oximetry.</summary>
    public static readonly MdcTerm OxygenSaturation = new(150456, "MDC_PULS_OXIM_SAT_O2");

    /// <summary>Pulse rate from the oximeter.</summary>
    public static readonly MdcTerm PulseRate = new(149530, "MDC_PULS_OXIM_PULS_RATE");

    /// <summary>Pulse amplitude index (perfusion).</summary>
    public static readonly MdcTerm PulseAmplitudeIndex = new(150320, "MDC_SAT_O2_QUAL");

    /// <summary>Supplemental type: a spot-check.</summary>
    public static readonly MdcTerm SpotModality = new(150588, "MDC_MODALITY_SPOT");

    /// <summary>Supplemental type: averaged over few beats, fast to follow.</summary>
    public static readonly MdcTerm FastModality = new(150580, "MDC_MODALITY_FAST");

    /// <summary>Supplemental type: averaged over many beats, slow to follow.</summary>
    public static readonly MdcTerm SlowModality = new(150584, "MDC_MODALITY_SLOW");

    /// <summary>Device and Sensor Status of the Pulse Oximeter Service.</summary>
    public static readonly MdcTerm DeviceStatus = new(150604, "MDC_PULS_OXIM_DEV_STATUS");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528388, "MDC_DEV_SPEC_PROFILE_PULS_OXIM");
}
