namespace HomeHub.Profiles.PolarEcg;

/// <summary>IEEE 11073-10101 terms of the electrocardiogram.</summary>
public static class PolarEcgTerms
{
    /// <summary>Electrical potential of the heart, by a lead that is not named: a strap's electrodes are at none of the standard places.</summary>
    public static readonly MdcTerm Potential = new(131328, "MDC_ECG_ELEC_POTL");
}
