namespace HomeHub.Profiles.Glucose;

/// <summary>IEEE 11073-10101 terms of what surrounds a glucose measurement (IEEE 11073-10417), by the values of 0x2A34.</summary>
public static class GlucoseContextTerms
{
    /// <summary>Meal, a coded value.</summary>
    public static readonly MdcTerm Meal = new(8417864, "MDC_CTXT_GLU_MEAL");

    /// <summary>Who tested, a coded value.</summary>
    public static readonly MdcTerm Tester = new(8417884, "MDC_CTXT_GLU_TESTER");

    /// <summary>Health, a coded value.</summary>
    public static readonly MdcTerm Health = new(8417820, "MDC_CTXT_GLU_HEALTH");

    /// <summary>Exercise: intensity in per cent, with its duration.</summary>
    public static readonly MdcTerm Exercise = new(8417760, "MDC_CTXT_GLU_EXERCISE");

    /// <summary>Glycated haemoglobin.</summary>
    public static readonly MdcTerm HbA1c = new(160220, "MDC_CONC_HBA1C");

    private static readonly MdcTerm[] Carbohydrates =
    [
        new(8417764, "MDC_CTXT_GLU_CARB"),
        new(8417768, "MDC_CTXT_GLU_CARB_BREAKFAST"),
        new(8417772, "MDC_CTXT_GLU_CARB_LUNCH"),
        new(8417776, "MDC_CTXT_GLU_CARB_DINNER"),
        new(8417780, "MDC_CTXT_GLU_CARB_SNACK"),
        new(8417784, "MDC_CTXT_GLU_CARB_DRINK"),
        new(8417788, "MDC_CTXT_GLU_CARB_SUPPER"),
        new(8417792, "MDC_CTXT_GLU_CARB_BRUNCH"),
    ];

    private static readonly MdcTerm[] Medications =
    [
        new(8417796, "MDC_CTXT_MEDICATION"),
        new(8417800, "MDC_CTXT_MEDICATION_RAPIDACTING"),
        new(8417804, "MDC_CTXT_MEDICATION_SHORTACTING"),
        new(8417808, "MDC_CTXT_MEDICATION_INTERMEDIATEACTING"),
        new(8417812, "MDC_CTXT_MEDICATION_LONGACTING"),
        new(8417816, "MDC_CTXT_MEDICATION_PREMIX"),
    ];

    private static readonly MdcTerm[] Meals =
    [
        default,
        new(8417868, "MDC_CTXT_GLU_MEAL_PREPRANDIAL"),
        new(8417872, "MDC_CTXT_GLU_MEAL_POSTPRANDIAL"),
        new(8417876, "MDC_CTXT_GLU_MEAL_FASTING"),
        new(8417880, "MDC_CTXT_GLU_MEAL_CASUAL"),
        new(8417869, "MDC_CTXT_GLU_MEAL_BEDTIME"),
    ];

    private static readonly MdcTerm[] Testers =
    [
        default,
        new(8417888, "MDC_CTXT_GLU_TESTER_SELF"),
        new(8417892, "MDC_CTXT_GLU_TESTER_HCP"),
        new(8417896, "MDC_CTXT_GLU_TESTER_LAB"),
    ];

    private static readonly MdcTerm[] HealthStates =
    [
        default,
        new(8417824, "MDC_CTXT_GLU_HEALTH_MINOR"),
        new(8417828, "MDC_CTXT_GLU_HEALTH_MAJOR"),
        new(8417832, "MDC_CTXT_GLU_HEALTH_MENSES"),
        new(8417836, "MDC_CTXT_GLU_HEALTH_STRESS"),
        new(8417840, "MDC_CTXT_GLU_HEALTH_NONE"),
    ];

    /// <summary>Carbohydrates by Carbohydrate ID: 1 to 7; all others are reserved and give the generic term.</summary>
    public static MdcTerm CarbohydrateOf(byte id) => Carbohydrates[id < Carbohydrates.Length ? id : 0];

    /// <summary>Medication by Medication ID: 1 to 5; all others are reserved and give the generic term.</summary>
    public static MdcTerm MedicationOf(byte id) => Medications[id < Medications.Length ? id : 0];

    /// <summary>Answer for Meal 1 to 5; null for reserved values, which have no term.</summary>
    public static MdcTerm? MealOf(byte meal) => Answer(Meals, meal);

    /// <summary>Answer for the Tester nibble 1 to 3; null for 15 (not available) and reserved values.</summary>
    public static MdcTerm? TesterOf(int tester) => Answer(Testers, tester);

    /// <summary>Answer for the Health nibble 1 to 5; null for 15 (not available) and reserved values.</summary>
    public static MdcTerm? HealthOf(int health) => Answer(HealthStates, health);

    private static MdcTerm? Answer(MdcTerm[] terms, int value) => value > 0 && value < terms.Length ? terms[value] : null;
}
