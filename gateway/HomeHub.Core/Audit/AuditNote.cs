using HomeHub.Core.Identity;

namespace HomeHub.Core.Audit;

/// <summary>What somebody did. Holds no measured value.</summary>
/// <param name="At">When.</param>
/// <param name="Act">One of <see cref="AuditActs"/>.</param>
/// <param name="Who">Who did it, as far as that is known: a name or a role, 1 to <see cref="MaxChars"/> characters.</param>
/// <param name="Patient">Whose data it is about; null where it is about nobody's.</param>
/// <param name="About">What it is about, as <see cref="AuditAbout"/> writes it; up to <see cref="MaxChars"/> characters.</param>
public sealed record AuditNote(DateTimeOffset At, string Act, string Who, PatientReference? Patient, string? About)
{
    /// <summary>Longest <see cref="Who"/> and <see cref="About"/>, in characters.</summary>
    public const int MaxChars = 200;

    /// <summary>What is wrong with it, in words for a person; null when nothing is.</summary>
    public string? Validate() =>
        Act.Length is 0 or > 40 || Act.Any(letter => !char.IsAsciiLetterLower(letter) && letter != '-') ? "an act is a name of a-z and dash"
        : !IsText(Who) ? $"who did it is told in 1 to {MaxChars} characters"
        : About is not null && !IsText(About) ? $"what it is about is told in 1 to {MaxChars} characters"
        : null;

    private static bool IsText(string text) => text.Length is > 0 and <= MaxChars && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);
}
