using HomeHub.Core.Acquisition;
using HomeHub.Profiles;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Devices;

/// <summary>What a reading says, in a person's words: <c>Upper pressure 120 mmHg</c>.</summary>
internal static class ReadingWords
{
    private static readonly (string RefId, string Key)[] Names =
    [
        ("MDC_PRESS_BLD_NONINV_SYS", "measure.upper-pressure"), ("MDC_PRESS_BLD_NONINV_DIA", "measure.lower-pressure"), ("MDC_PRESS_BLD_NONINV_MEAN", "measure.mean-pressure"),
        ("MDC_PRESS_CUFF", "measure.cuff-pressure"), ("MDC_PULS_RATE_NON_INV", "measure.pulse"), ("MDC_PULS_OXIM_PULS_RATE", "measure.pulse"), ("MDC_ECG_HEART_RATE", "measure.pulse"),
        ("MDC_PULS_OXIM_SAT_O2", "measure.oxygen"), ("MDC_TEMP_", "measure.temperature"), ("MDC_MASS_BODY_ACTUAL", "measure.weight"), ("MDC_LEN_BODY_ACTUAL", "measure.height"),
        ("MDC_RATIO_MASS_BODY_LEN_SQ", "measure.body-mass"), ("MDC_BODY_FAT", "measure.fat"), ("MDC_CONC_GLU_", "measure.glucose"), ("MDC_ATTR_VAL_BATT_CHARGE", "measure.battery"),
    ];

    /// <summary>A line each value that a person reads; one that says so where there is none.</summary>
    public static IReadOnlyList<string> Of(AcquiredReading reading, Language language)
    {
        if (!reading.TryDecode(out _))
        {
            return [language.Text("measure.none")];
        }

        string[] lines = [.. reading.Reading.Values.SelectMany(value => LinesOf(value, language))];
        return lines.Length > 0 ? lines : [language.Text("measure.none")];
    }

    private static IEnumerable<string> LinesOf(ReadingValue value, Language language) => value switch
    {
        NumericValue numeric => [LineOf(numeric.Code, numeric.Value, numeric.Unit, language)],
        CompoundNumericValue compound => compound.Components.Select(component => LineOf(component.Code, component.Value, component.Unit, language)),
        _ => [],
    };

    private static string LineOf(MdcTerm code, MeasuredValue value, Unit unit, Language language)
    {
        string name = language.Text(Array.Find(Names, known => code.RefId.StartsWith(known.RefId, StringComparison.Ordinal)).Key ?? "measure.other");
        return value.IsPresent ? $"{name} {language.Number(value.Number)} {(unit.Ucum == "/min" ? unit.Ucum : unit.Text)}" : $"{name}: {language.Text("measure.absent")}";
    }
}
