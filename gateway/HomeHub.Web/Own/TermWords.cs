using System.Collections.Frozen;
using HomeHub.Profiles;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Own;

/// <summary>A person's words for what readings say: for each term that a profile gives, and for what devices notice beside. A test finds a term that has none.</summary>
internal static class TermWords
{
    private const string Glucose = "measure.glucose", Control = "measure.control-solution", Notes = "measure.device-notes", NotePrefix = "device-note.";

    /// <summary>Where many terms have one word: wherever a temperature was taken, and of whatever blood.</summary>
    private static readonly (string Start, string Key)[] Families = [("MDC_TEMP_", "measure.temperature"), ("MDC_CONC_GLU_", Glucose)];

    private static readonly FrozenDictionary<string, string> Keys = new Dictionary<string, string>
    {
        ["MDC_PRESS_BLD_NONINV_SYS"] = "measure.upper-pressure",
        ["MDC_PRESS_BLD_NONINV_DIA"] = "measure.lower-pressure",
        ["MDC_PRESS_BLD_NONINV_MEAN"] = "measure.mean-pressure",
        ["MDC_PRESS_CUFF"] = "measure.cuff-pressure",
        ["MDC_PULS_RATE_NON_INV"] = "measure.pulse",
        ["MDC_PULS_OXIM_PULS_RATE"] = "measure.pulse",
        ["MDC_ECG_HEART_RATE"] = "measure.pulse",
        ["MDC_ECG_TIME_PD_RR_GL"] = "measure.pulse-interval",
        ["MDC_SAT_O2_QUAL"] = "measure.pulse-strength",
        ["MDC_ECG_ELEC_POTL"] = "measure.heart-curve",
        ["MDC_PULS_OXIM_SAT_O2"] = "measure.oxygen",
        ["MDC_MASS_BODY_ACTUAL"] = "measure.weight",
        ["MDC_LEN_BODY_ACTUAL"] = "measure.height",
        ["MDC_RATIO_MASS_BODY_LEN_SQ"] = "measure.body-mass",
        ["MDC_BODY_FAT"] = "measure.fat",
        ["MDC_BASAL_METABOLISM"] = "measure.energy-at-rest",
        ["MDC_BODY_MUSCLE"] = "measure.muscle",
        ["MDC_MASS_BODY_MUSCLE"] = "measure.muscle-mass",
        ["MDC_MASS_BODY_FAT_FREE"] = "measure.fat-free",
        ["MDC_MASS_BODY_SOFT_LEAN"] = "measure.soft-lean",
        ["MDC_BODY_WATER"] = "measure.body-water",
        ["MDC_BODY_ELECTRICAL_IMPEDANCE"] = "measure.resistance",
        ["MDC_HF_ENERGY"] = "measure.energy",
        ["MDC_CONC_HBA1C"] = "measure.hba1c",
        ["MDC_CONC_GLU_CONTROL"] = Control,
        ["MDC_CONC_GLU_TREND"] = "measure.glucose-trend",
        ["MDC_CGM_SENSOR_RUN_TIME"] = "measure.sensor-run-time",
        ["MDC_CTXT_GLU_CARB"] = "measure.carbohydrates",
        ["MDC_CTXT_GLU_CARB_BREAKFAST"] = "measure.carbohydrates-breakfast",
        ["MDC_CTXT_GLU_CARB_LUNCH"] = "measure.carbohydrates-lunch",
        ["MDC_CTXT_GLU_CARB_DINNER"] = "measure.carbohydrates-dinner",
        ["MDC_CTXT_GLU_CARB_SNACK"] = "measure.carbohydrates-snack",
        ["MDC_CTXT_GLU_CARB_DRINK"] = "measure.carbohydrates-drink",
        ["MDC_CTXT_GLU_CARB_SUPPER"] = "measure.carbohydrates-supper",
        ["MDC_CTXT_GLU_CARB_BRUNCH"] = "measure.carbohydrates-brunch",
        ["MDC_CTXT_MEDICATION"] = "measure.medication",
        ["MDC_CTXT_MEDICATION_RAPIDACTING"] = "measure.insulin-rapid",
        ["MDC_CTXT_MEDICATION_SHORTACTING"] = "measure.insulin-short",
        ["MDC_CTXT_MEDICATION_INTERMEDIATEACTING"] = "measure.insulin-intermediate",
        ["MDC_CTXT_MEDICATION_LONGACTING"] = "measure.insulin-long",
        ["MDC_CTXT_MEDICATION_PREMIX"] = "measure.insulin-mixed",
        ["MDC_CTXT_GLU_EXERCISE"] = "measure.exercise",
        ["MDC_CTXT_GLU_MEAL"] = "measure.meal",
        ["MDC_CTXT_GLU_MEAL_PREPRANDIAL"] = "measure.meal-before",
        ["MDC_CTXT_GLU_MEAL_POSTPRANDIAL"] = "measure.meal-after",
        ["MDC_CTXT_GLU_MEAL_FASTING"] = "measure.meal-fasting",
        ["MDC_CTXT_GLU_MEAL_CASUAL"] = "measure.meal-casual",
        ["MDC_CTXT_GLU_MEAL_BEDTIME"] = "measure.meal-bedtime",
        ["MDC_CTXT_GLU_TESTER"] = "measure.tester",
        ["MDC_CTXT_GLU_TESTER_SELF"] = "measure.tester-self",
        ["MDC_CTXT_GLU_TESTER_HCP"] = "measure.tester-professional",
        ["MDC_CTXT_GLU_TESTER_LAB"] = "measure.tester-laboratory",
        ["MDC_CTXT_GLU_HEALTH"] = "measure.health",
        ["MDC_CTXT_GLU_HEALTH_MINOR"] = "measure.health-minor",
        ["MDC_CTXT_GLU_HEALTH_MAJOR"] = "measure.health-major",
        ["MDC_CTXT_GLU_HEALTH_MENSES"] = "measure.health-menses",
        ["MDC_CTXT_GLU_HEALTH_STRESS"] = "measure.health-stress",
        ["MDC_CTXT_GLU_HEALTH_NONE"] = "measure.health-none",
        ["MDC_ATTR_VAL_BATT_CHARGE"] = "measure.battery",
        ["MDC_TEMP_ROOM"] = "room.temperature",
        ["HOMEHUB_REL_HUMIDITY_ROOM"] = "room.humidity",
        ["MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS"] = Notes,
        ["MDC_ECG_DEV_STAT"] = Notes,
        ["MDC_GLU_METER_DEV_STATUS"] = Notes,
        ["MDC_CGM_DEV_STAT"] = Notes,
        ["MDC_PHD_DM_DEV_STAT"] = Notes,
        ["MDC_PULS_OXIM_DEV_STATUS"] = Notes,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words; null where there are none. A concentration that is about the device is that of control solution.</summary>
    public static string? Find(MdcTerm term, ValueSubject subject, Language language)
    {
        string? key = Keys.GetValueOrDefault(term.RefId) ?? Array.Find(Families, family => term.RefId.StartsWith(family.Start, StringComparison.Ordinal)).Key;
        return key is null ? null : language.Text(key == Glucose && subject == ValueSubject.Device ? Control : key);
    }

    /// <summary>What a device noticed; the bit's own name where there are no words.</summary>
    public static string NoteOf(BitState bit, Language language) => language.Texts.GetValueOrDefault(NotePrefix + bit.Name) ?? bit.Name;
}
