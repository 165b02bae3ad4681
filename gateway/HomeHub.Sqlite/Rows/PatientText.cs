using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>A patient as one text: the logical reference, or system and value with a line break between, which neither can hold.</summary>
internal static class PatientText
{
    private const char Separator = '\n';

    /// <summary>Writes.</summary>
    public static string Write(PatientReference patient) => patient.System is null ? patient.Value : $"{patient.System}{Separator}{patient.Value}";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static PatientReference Read(string text)
    {
        int end = text.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? new PatientReference(text) : new PatientReference(text[(end + 1)..], text[..end]);
    }
}
