namespace HomeHub.Profiles.Glucose;

/// <summary>IEEE 11073-10101 terms of the glucose meter (IEEE 11073-10417).</summary>
public static class GlucoseTerms
{
    /// <summary>Type nibble of control solution: the sample is no person's.</summary>
    public const int ControlSolutionType = 10;

    /// <summary>Sample Location nibble of control solution.</summary>
    public const int ControlSolutionLocation = 4;

    /// <summary>Glucose in interstitial fluid.</summary>
    public static readonly MdcTerm InterstitialFluid = new(160212, "MDC_CONC_GLU_ISF");

    /// <summary>Glucose in a sample of a kind that is not told.</summary>
    public static readonly MdcTerm Generic = new(160020, "MDC_CONC_GLU_GEN");

    /// <summary>Sensor Status Annunciation of the Glucose Service.</summary>
    public static readonly MdcTerm DeviceStatus = new(8417752, "MDC_GLU_METER_DEV_STATUS");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528401, "MDC_DEV_SPEC_PROFILE_GLUCOSE");

    /// <summary>By type nibble, 1 to 10.</summary>
    private static readonly MdcTerm[] Types =
    [
        Generic,
        new(160184, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD"),
        new(160188, "MDC_CONC_GLU_CAPILLARY_PLASMA"),
        new(160192, "MDC_CONC_GLU_VENOUS_WHOLEBLOOD"),
        new(160196, "MDC_CONC_GLU_VENOUS_PLASMA"),
        new(160200, "MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD"),
        new(160204, "MDC_CONC_GLU_ARTERIAL_PLASMA"),
        new(160364, "MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD"),
        new(160368, "MDC_CONC_GLU_UNDETERMINED_PLASMA"),
        InterstitialFluid,
        new(160208, "MDC_CONC_GLU_CONTROL"),
    ];

    /// <summary>By location nibble: one supplemental type each, empty where there is none. Shared, never changed.</summary>
    private static readonly MdcTerm[][] Locations =
    [
        [],
        [new(8417848, "MDC_CTXT_GLU_SAMPLELOCATION_FINGER")],
        [new(8417852, "MDC_CTXT_GLU_SAMPLELOCATION_AST")],
        [new(8417856, "MDC_CTXT_GLU_SAMPLELOCATION_EARLOBE")],
        [new(8417860, "MDC_CTXT_GLU_SAMPLELOCATION_CTRLSOLUTION")],
    ];

    /// <summary>What was measured, by the Type nibble of 0x2A18 and 0x2AA8: 1 to 10; 0 and 11 to 15 are reserved and give the generic term.</summary>
    public static MdcTerm ConcentrationOf(int type) => type is > 0 and <= ControlSolutionType ? Types[type] : Generic;

    /// <summary>
    /// Supplemental types by the Sample Location nibble of 0x2A18: one for 1 to 4, none for 15 (not available) and for the reserved 0 and
    /// 5 to 14.
    /// </summary>
    internal static MdcTerm[] LocationOf(int location) => location is >= 0 and <= ControlSolutionLocation ? Locations[location] : [];

    /// <summary>
    /// Whom a concentration is about: control solution is the meter's own test, never the patient's blood, whether the type or the place
    /// of the sample says so.
    /// </summary>
    internal static ValueSubject SubjectOf(int type, int location) =>
        type == ControlSolutionType || location == ControlSolutionLocation ? ValueSubject.Device : ValueSubject.Patient;
}
