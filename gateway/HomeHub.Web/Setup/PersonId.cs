using HomeHub.Core.Identity;

namespace HomeHub.Web.Setup;

/// <summary>Reads the id by which the care team knows a person, as it was typed or as a scanner gives it. Pure.</summary>
internal static class PersonId
{
    /// <summary>Longest id that is read, in characters: a system, a bar and a value.</summary>
    public const int MaxChars = PatientReference.MaxSystemChars + 1 + PatientReference.MaxValueChars;

    private const string Logical = "Patient/";

    /// <summary>Reads it. Space around it, as scanners leave it, and around the bar does not count, nor does a small p that a keyboard makes of the first letter.</summary>
    /// <returns>What is wrong with it; null when nothing is, and <paramref name="patient"/> is who it is.</returns>
    public static PersonIdProblem? Read(string typed, out PatientReference? patient)
    {
        patient = null;
        string text = typed.Trim();
        if (text.Length == 0)
        {
            return PersonIdProblem.Missing;
        }

        if (text.Length > MaxChars)
        {
            return PersonIdProblem.TooLong;
        }

        if (text.Any(char.IsControl))
        {
            return PersonIdProblem.Form;
        }

        int bar = text.IndexOf('|', StringComparison.Ordinal);
        string key = bar >= 0 ? $"{text[..bar].TrimEnd()}|{text[(bar + 1)..].TrimStart()}"
            : text.StartsWith(Logical, StringComparison.OrdinalIgnoreCase) ? Logical + text[Logical.Length..]
            : text;

        // A second bar, or space within a name of a system, is two ids run together or half of one: nobody shall be guessed.
        bool isDoubtful = bar >= 0 && (key.IndexOf('|', StringComparison.Ordinal) != key.LastIndexOf('|') || key[..key.IndexOf('|', StringComparison.Ordinal)].Any(char.IsWhiteSpace));
        if (!isDoubtful && PatientReference.TryParse(key, out patient))
        {
            return null;
        }

        bool isLong = patient is not null && !isDoubtful;
        patient = null;
        return isLong ? PersonIdProblem.TooLong : PersonIdProblem.Form;
    }
}
