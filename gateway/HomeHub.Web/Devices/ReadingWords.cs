using HomeHub.Core.Acquisition;
using HomeHub.Profiles;
using HomeHub.Web.Own;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Devices;

/// <summary>What a reading says, in a person's words: <c>Upper pressure 120 mmHg</c>.</summary>
internal static class ReadingWords
{
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
        NumericValue numeric => [LineOf(numeric.Code, numeric.Subject, numeric.Value, numeric.Unit, language)],
        CompoundNumericValue compound => compound.Components.Select(component => LineOf(component.Code, compound.Subject, component.Value, component.Unit, language)),
        _ => [],
    };

    private static string LineOf(MdcTerm code, ValueSubject subject, MeasuredValue value, Unit unit, Language language)
    {
        string name = TermWords.Find(code, subject, language) ?? language.Text("measure.other");
        return value.IsPresent ? $"{name} {language.Number(value.Number)} {(unit.Ucum == "/min" ? unit.Ucum : unit.Text)}" : $"{name}: {language.Text("measure.absent")}";
    }
}
