using HomeHub.Core.Acquisition;
using HomeHub.Core.History;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Own;

/// <summary>All that a reading says, a line a value, in words. What has no word of ours is named by its term, so that nothing is left out.</summary>
internal static class RecordText
{
    /// <summary>The lines: what, and how much.</summary>
    public static IReadOnlyList<(string What, string Value)> Of(AcquiredReading reading, ShownUnits units, Language language) =>
        reading.TryDecode(out _)
            ? [.. reading.Reading.Values.Select(value => (NameOf(value, language), ValueOf(value, units, language)))]
            : [(language.Text("own-data.not-understood"), "")];

    private static string NameOf(ReadingValue value, Language language) =>
        value.Code.Code == BloodPressureTerms.Panel.Code ? language.Text("vital-sign", VitalSign.BloodPressure)
        : value.Subject == ValueSubject.Patient && VitalReader.SignOf(value.Code) is { } sign ? language.Text("vital-sign", sign)
        : NameOf(value.Code, value.Subject, language);

    /// <summary>Of a term of tomorrow, which has no words yet, what every term has is left out: <c>BATT level</c>.</summary>
    private static string NameOf(MdcTerm term, ValueSubject subject, Language language) => TermWords.Find(term, subject, language)
        ?? (term.RefId.Length > 0 ? term.RefId.Replace("MDC_", "", StringComparison.Ordinal).Replace('_', ' ') : $"MDC {term.Code}");

    private static string ValueOf(ReadingValue value, ShownUnits units, Language language) => value switch
    {
        NumericValue numeric => Number(numeric.Value, numeric.Unit, units, language),
        CompoundNumericValue { Code.Code: var code, Components: [var systolic, var diastolic, ..] } when code == BloodPressureTerms.Panel.Code =>
            systolic.Value.IsPresent && diastolic.Value.IsPresent
                ? $"{language.Number(systolic.Value.Number)}/{language.Number(diastolic.Value.Number)} {systolic.Unit.Text}"
                : language.Text("own-data.no-value"),
        CompoundNumericValue compound => string.Join("; ", compound.Components.Select(part => $"{NameOf(part.Code, compound.Subject, language)} {Number(part.Value, part.Unit, units, language)}")),
        CodedValue coded => NameOf(coded.Value, coded.Subject, language),
        BitsEnumerationValue bits => string.Join(", ", bits.Bits.Where(bit => bit.IsSet).Select(bit => TermWords.NoteOf(bit, language))) is { Length: > 0 } set ? set : "–",
        SampledValue sampled => language.Count("own-data.samples", sampled.Samples.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Number(MeasuredValue value, Unit unit, ShownUnits units, Language language) => value.IsPresent
        ? $"{language.Number(units.Convert(value.Number, unit))} {VitalText.UnitOf(unit, units, language)}"
        : language.Text("own-data.no-value");
}
