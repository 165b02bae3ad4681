using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Consent;

/// <summary>What a person decided about one kind of data and one recipient.</summary>
/// <param name="Patient">Whose data.</param>
/// <param name="Kind">A single kind.</param>
/// <param name="Recipient">Who gets it, or not.</param>
/// <param name="Answer">What was said.</param>
/// <param name="At">When it was said.</param>
/// <param name="Present">Who was present, as the site wants it; stays on the hub. 1 to <see cref="MaxPresentChars"/> characters.</param>
/// <param name="From">For a consent: readings that were measured since then may go; null otherwise.</param>
public sealed record ConsentDecision(
    PatientReference Patient, DataKinds Kind, Recipient Recipient, ConsentAnswer Answer, DateTimeOffset At, string Present, DateTimeOffset? From = null)
{
    /// <summary>Longest <see cref="Present"/>, in characters.</summary>
    public const int MaxPresentChars = 200;

    /// <summary>What is wrong with it, in words for a person; null when nothing is.</summary>
    public string? Validate() =>
        Patient.IsNobody ? "a consent is somebody's"
        : !DataKindNames.All.Contains(Kind) ? "a consent is about one kind of data"
        : Present.Length is 0 or > MaxPresentChars || string.IsNullOrWhiteSpace(Present) || Present.Any(char.IsControl) ? $"who was present is told in 1 to {MaxPresentChars} characters"
        : !Enum.IsDefined(Answer) ? "it was neither given nor refused nor withdrawn"
        : (Answer == ConsentAnswer.Given) != (From is not null) ? "a consent, and only a consent, names the day from which readings may go"
        : null;
}
