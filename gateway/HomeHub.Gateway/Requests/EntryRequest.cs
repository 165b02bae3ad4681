using System.Globalization;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;

namespace HomeHub.Gateway.Requests;

/// <summary>A reading that a person enters, as it stands in a request's file. Numbers are texts, so that they keep the decimals that were said.</summary>
/// <param name="Kind">What was measured.</param>
/// <param name="At">When.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Value">The value; null for a blood pressure.</param>
/// <param name="Systolic">Systolic pressure.</param>
/// <param name="Diastolic">Diastolic pressure.</param>
/// <param name="Pulse">Pulse rate.</param>
internal sealed record EntryRequest(ManualKind Kind, DateTimeOffset At, string Unit, string? Value, string? Systolic, string? Diastolic, string? Pulse)
{
    /// <summary>Whether it was measured a second time in that minute, with the same values.</summary>
    public bool Again { get; init; }

    /// <summary>The request of an entry.</summary>
    public static EntryRequest Of(ManualEntry entry) => new(
        entry.Kind, entry.At, entry.Unit, Text(entry.Value), Text(entry.Systolic), Text(entry.Diastolic), Text(entry.Pulse)) { Again = entry.IsAgain };

    /// <summary>The entry; null when a number is none.</summary>
    public ManualEntry? ToEntry(PatientReference patient) =>
        TryNumber(Value, out decimal? value) && TryNumber(Systolic, out decimal? systolic) && TryNumber(Diastolic, out decimal? diastolic) && TryNumber(Pulse, out decimal? pulse)
            ? new ManualEntry
            {
                Kind = Kind, Patient = patient, At = At, Unit = Unit ?? "", Value = value, Systolic = systolic, Diastolic = diastolic, Pulse = pulse, IsAgain = Again,
            }
            : null;

    /// <summary>Reads a number as it was said; null is no number, and none was said.</summary>
    public static bool TryNumber(string? text, out decimal? number)
    {
        number = null;
        if (text is null)
        {
            return true;
        }

        bool isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal read);
        number = isNumber ? read : null;
        return isNumber;
    }

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
