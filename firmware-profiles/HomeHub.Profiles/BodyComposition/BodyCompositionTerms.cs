namespace HomeHub.Profiles.BodyComposition;

/// <summary>IEEE 11073-10101 terms of the body composition analyser (IEEE 11073-10420). Weight and height: the weight scale's.</summary>
public static class BodyCompositionTerms
{
    /// <summary>Body fat in per cent.</summary>
    public static readonly MdcTerm Fat = new(188748, "MDC_BODY_FAT");

    /// <summary>Basal metabolism.</summary>
    public static readonly MdcTerm BasalMetabolism = new(188768, "MDC_BASAL_METABOLISM");

    /// <summary>Muscle in per cent.</summary>
    public static readonly MdcTerm MusclePercentage = new(188772, "MDC_BODY_MUSCLE");

    /// <summary>Mass of the muscles.</summary>
    public static readonly MdcTerm MuscleMass = new(188776, "MDC_MASS_BODY_MUSCLE");

    /// <summary>Mass without fat.</summary>
    public static readonly MdcTerm FatFreeMass = new(188756, "MDC_MASS_BODY_FAT_FREE");

    /// <summary>Soft lean mass.</summary>
    public static readonly MdcTerm SoftLeanMass = new(188760, "MDC_MASS_BODY_SOFT_LEAN");

    /// <summary>Mass of the body's water.</summary>
    public static readonly MdcTerm WaterMass = new(188764, "MDC_BODY_WATER");

    /// <summary>Electrical impedance of the body.</summary>
    public static readonly MdcTerm Impedance = new(188780, "MDC_BODY_ELECTRICAL_IMPEDANCE");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528404, "MDC_DEV_SPEC_PROFILE_BCA");
}
