using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Consent;

/// <summary>A decision as it was written on the page: several kinds for one recipient.</summary>
/// <param name="Recipient">Who gets it, or not.</param>
/// <param name="Kinds">The kinds that were chosen.</param>
/// <param name="MayHave">Whether the recipient may have them.</param>
/// <param name="Day">The day from which on, as written; empty: from now on.</param>
/// <param name="Present">Who was present, as written.</param>
public sealed record ConsentForm(Recipient Recipient, IReadOnlyList<DataKinds> Kinds, bool MayHave, string Day, string Present)
{
    internal const string RecipientField = "recipient", KindField = "kind", AnswerField = "answer", Yes = "yes", No = "no", DayField = "day", PresentField = "present";

    /// <summary>The form that was sent; null when it is none of ours.</summary>
    internal static ConsentForm? Read(PageContext page)
    {
        string answer = page.Field(AnswerField);
        return page.Parts.Recipients.FirstOrDefault(recipient => recipient.Slug == page.Field(RecipientField)) is { } to && answer is Yes or No
            ? new ConsentForm(
                to,
                [.. DataKindNames.All.Where(kind => page.Field(KindField).Split(',').Contains(kind.ToName()))],
                answer == Yes,
                page.Field(DayField).Trim(),
                page.Field(PresentField).Trim())
            : null;
    }

    /// <summary>What is to be recorded. Kinds for which a no holds already are left out; what was given is withdrawn, what never was is refused.</summary>
    /// <param name="patient">Whose data.</param>
    /// <param name="page">The request: when, who asks, and by which clock.</param>
    /// <param name="state">What holds.</param>
    internal (IReadOnlyList<ConsentDecision> Decisions, ConsentProblem? Problem) ToDecisions(PatientReference patient, PageContext page, ConsentState state)
    {
        if (Kinds.Count == 0)
        {
            return ([], ConsentProblem.NoKind);
        }

        if (Present.Length == 0 && page.Session is { IsNurse: true })
        {
            return ([], ConsentProblem.Present);
        }

        // Who is signed in always stands there first: what is typed can't pass for it.
        string present = Present.Length == 0 ? page.Who : $"{page.Who}; {Present}";
        if (ReadFrom(page) is not { } from)
        {
            return ([], ConsentProblem.Day);
        }

        if (MayHave && Day.Length == 0 && !page.Parts.Clock.IsTimeKnown)
        {
            return ([], ConsentProblem.ClockNotKnown);
        }

        ConsentDecision[] decisions =
        [
            .. Kinds.Select(kind => (kind, before: state.Find(patient, kind, Recipient)?.Answer))
                .Where(one => MayHave || one.before is not (ConsentAnswer.Refused or ConsentAnswer.Withdrawn))
                .Select(one => new ConsentDecision(
                    patient,
                    one.kind,
                    Recipient,
                    MayHave ? ConsentAnswer.Given : one.before == ConsentAnswer.Given ? ConsentAnswer.Withdrawn : ConsentAnswer.Refused,
                    page.Now,
                    present,
                    MayHave ? from : null)),
        ];
        return decisions.Length == 0 ? ([], ConsentProblem.HoldsAlready)
            : decisions.Any(decision => decision.Validate() is not null) ? ([], ConsentProblem.Present)
            : (decisions, null);
    }

    /// <summary>From the beginning of the day at home; null when it is no date.</summary>
    private DateTimeOffset? ReadFrom(PageContext page) => Day.Length == 0 ? page.Now : page.ReadDay(Day);
}
