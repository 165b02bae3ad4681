using HomeHub.Core.Identity;

namespace HomeHub.Core.Acts;

/// <summary>An act of a person on a reading. With the contexts of a measurement it is done on them too.</summary>
/// <param name="Id">Makes it the same act, however often it is asked for.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Reading">Number of the reading in the buffer; 0 for one that is entered, until it has one.</param>
/// <param name="At">When.</param>
/// <param name="Who">Who says so: a name or a role, as the site wants it, 1 to <see cref="MaxWhoChars"/> characters.</param>
/// <param name="Reason">Why, as a code of 1 to <see cref="MaxReasonChars"/> of a-z, 0-9 and dash; null for an assignment.</param>
/// <param name="Patient">Whose it is from now on; null for nobody's.</param>
public sealed record ReadingAct(Guid Id, ActKind Kind, long Reading, DateTimeOffset At, string Who, string? Reason, PatientReference? Patient)
{
    /// <summary>Longest <see cref="Who"/>, in characters.</summary>
    public const int MaxWhoChars = 100;

    /// <summary>Longest <see cref="Reason"/>, in characters.</summary>
    public const int MaxReasonChars = 40;

    /// <summary>What is wrong with it, in words for a person; null when nothing is.</summary>
    public string? Validate()
    {
        if (Who.Length is 0 or > MaxWhoChars || string.IsNullOrWhiteSpace(Who) || Who.Any(char.IsControl))
        {
            return $"who says so is told in 1 to {MaxWhoChars} characters";
        }

        if (Reason is not null && (Reason.Length is 0 or > MaxReasonChars || Reason.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-')))
        {
            return $"a reason is a code of 1 to {MaxReasonChars} of a-z, 0-9 and dash";
        }

        return Kind switch
        {
            ActKind.Assign when Patient is null or { IsNobody: true } => "an assignment says whose the reading is",
            ActKind.Discard when Patient is not null => "what is discarded is nobody's",
            ActKind.Discard or ActKind.TakeBack when Reason is null => "the reason is missing",
            ActKind.TakeBack when Patient is { IsNobody: true } => "nobody can't have a reading",
            ActKind.Enter when Patient is null or { IsNobody: true } => "an entry says whose the reading is",
            ActKind.Enter when Reading != 0 => "what is entered has no number yet",
            ActKind.Enter or ActKind.Assign or ActKind.Discard or ActKind.TakeBack => null,
            _ => "no such act",
        };
    }
}
