using System.Globalization;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Core.Naming;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Readings;

/// <summary>A reading as it was typed in. Numbers are as the reader's language writes them, and keep the decimals that were typed.</summary>
/// <param name="Kind">What was measured.</param>
/// <param name="Person">Number of the person; empty: nobody was chosen.</param>
/// <param name="At">When, in the home's time, <c>2026-11-26T08:30</c>.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Value">The value; empty for a blood pressure.</param>
/// <param name="Systolic">Systolic pressure.</param>
/// <param name="Diastolic">Diastolic pressure.</param>
/// <param name="Pulse">Pulse rate; empty: not told.</param>
/// <param name="By">Who enters it.</param>
/// <param name="IsAgain">Whether it was measured a second time in that minute with the same values.</param>
public sealed record EntryForm(
    ManualKind Kind, string Person, string At, string Unit, string Value, string Systolic, string Diastolic, string Pulse, string By, bool IsAgain)
{
    internal const string KindValue = "kind", AtField = "at", UnitField = "unit", ValueField = "value", SystolicField = "systolic", DiastolicField = "diastolic",
        PulseField = "pulse", AgainField = "again", Again = "yes", OffsetField = "offset";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Where the home's clock showed <see cref="At"/> twice: which of the two, by its offset from UTC in minutes; empty: it was not said.</summary>
    public string Offset { get; init; } = "";

    /// <summary>An empty form.</summary>
    internal static EntryForm Empty(ManualKind kind, PageContext page) =>
        new(kind, "", page.Now.ToString(TimeFormat, CultureInfo.InvariantCulture), ManualBounds.UnitsOf(kind)[0], "", "", "", "", "", false);

    /// <summary>The form that was sent; null when it is none of ours.</summary>
    internal static EntryForm? Read(PageContext page) => KindOf(page.Field(KindValue)) is { } kind
        ? new(
            kind, page.Field(ReadingsPages.PersonField), page.Field(AtField).Trim(), page.Field(UnitField), page.Field(ValueField).Trim(), page.Field(SystolicField).Trim(),
            page.Field(DiastolicField).Trim(), page.Field(PulseField).Trim(), page.Field(ReadingsPages.ByField).Trim(), page.Field(AgainField) == Again)
        {
            Offset = page.Field(OffsetField),
        }
        : null;

    /// <summary>The kind of a name in a path or form; null when there is none.</summary>
    internal static ManualKind? KindOf(string name) => Enum.GetValues<ManualKind>().Where(kind => NameOf(kind) == name).Select(kind => (ManualKind?)kind).FirstOrDefault();

    /// <summary>The name of a kind in a path or form.</summary>
    internal static string NameOf(ManualKind kind) => KebabName.Of(kind);

    /// <summary>An offset from UTC as the form sends it.</summary>
    internal static string ValueOf(TimeSpan offset) => ((int)offset.TotalMinutes).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The offsets from UTC that the home's clock had when it showed the time: one; two, the earlier first, in the hour that it shows twice; none in the one that it skips, or
    /// where what was typed is no time.
    /// </summary>
    internal IReadOnlyList<TimeSpan> OffsetsAt(TimeZoneInfo home) => ReadLocal() is not { } local || home.IsInvalidTime(local) ? []
        : home.IsAmbiguousTime(local) ? [.. home.GetAmbiguousTimeOffsets(local).OrderDescending()]
        : [home.GetUtcOffset(local)];

    /// <summary>What is wrong with the time; null: nothing is. Which of two times is meant is asked, never guessed.</summary>
    internal EntryProblem? TimeProblem(TimeZoneInfo home) => ReadLocal() is null ? EntryProblem.NotReadable
        : OffsetsAt(home).Count == 0 ? EntryProblem.NoSuchTime
        : ReadTime(home) is null ? EntryProblem.TimeTwice
        : null;

    /// <summary>The entry; null where a number or the time is none.</summary>
    internal ManualEntry? ToEntry(PatientReference patient, PageContext page) =>
        ReadTime(page.Parts.Time.LocalTimeZone) is { } at && TryNumber(Value, out decimal? value) && TryNumber(Systolic, out decimal? systolic) && TryNumber(Diastolic, out decimal? diastolic) && TryNumber(Pulse, out decimal? pulse)
            ? new ManualEntry
            {
                Kind = Kind, Patient = patient, At = at, Unit = Unit, Value = value, Systolic = systolic, Diastolic = diastolic, Pulse = pulse, IsAgain = IsAgain,
            }
            : null;

    private DateTime? ReadLocal() =>
        DateTime.TryParseExact(At, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local) ? local : null;

    private DateTimeOffset? ReadTime(TimeZoneInfo home)
    {
        IReadOnlyList<TimeSpan> offsets = OffsetsAt(home);
        IEnumerable<TimeSpan> meant = offsets.Count == 1 ? offsets : offsets.Where(offset => ValueOf(offset) == Offset);
        return meant.Select(offset => (DateTimeOffset?)new DateTimeOffset(ReadLocal()!.Value, offset)).FirstOrDefault();
    }

    /// <summary>A decimal point or comma; no other signs.</summary>
    private static bool TryNumber(string text, out decimal? number)
    {
        number = null;
        if (text.Length == 0)
        {
            return true;
        }

        bool isNumber = decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal read);
        number = read;
        return isNumber;
    }
}
