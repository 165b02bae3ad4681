using HomeHub.Core.History;
using HomeHub.Profiles;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Own;

/// <summary>A value as people read it. What is absent is never a number.</summary>
internal static class VitalText
{
    /// <summary>The numbers without unit, <c>128/83</c>; null when one of them is absent.</summary>
    public static string? NumberOf(VitalValue value, ShownUnits units, Language language) => !value.IsPresent ? null
        : value.Second is { } second ? $"{Of(value.Value, value.Unit, units, language)}/{Of(second, value.Unit, units, language)}"
        : Of(value.Value, value.Unit, units, language);

    /// <summary>The unit in which it is shown.</summary>
    public static string UnitOf(Unit unit, ShownUnits units, Language language) => UnitOf(units.Of(unit), language);

    /// <summary>A unit, in the language's own words where it is one of words.</summary>
    public static string UnitOf(Unit unit, Language language) => unit.Ucum == Units.BeatsPerMinute.Ucum ? language.Text("vital.beats") : unit.Text;

    /// <summary>Why there is no number.</summary>
    public static string AbsenceOf(VitalValue value, Language language) =>
        (value.Value.IsPresent ? value.Second?.Absence : value.Value.Absence) switch
        {
            AbsenceReason.PositiveInfinity => language.Text("vital.too-high"),
            AbsenceReason.NegativeInfinity => language.Text("vital.too-low"),
            _ => language.Text("vital.none"),
        };

    private static string Of(MeasuredValue value, Unit unit, ShownUnits units, Language language) => language.Number(units.Convert(value.Number, unit));
}
