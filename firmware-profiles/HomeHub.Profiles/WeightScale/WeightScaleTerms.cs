namespace HomeHub.Profiles.WeightScale;

/// <summary>IEEE 11073-10101 terms of the weighing scale (IEEE 11073-10415).</summary>
public static class WeightScaleTerms
{
    /// <summary>Body weight.</summary>
    public static readonly MdcTerm Weight = new(188736, "MDC_MASS_BODY_ACTUAL");

    /// <summary>Body height.</summary>
    public static readonly MdcTerm Height = new(188740, "MDC_LEN_BODY_ACTUAL");

    /// <summary>Body mass index.</summary>
    public static readonly MdcTerm BodyMassIndex = new(188752, "MDC_RATIO_MASS_BODY_LEN_SQ");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528399, "MDC_DEV_SPEC_PROFILE_SCALE");
}
