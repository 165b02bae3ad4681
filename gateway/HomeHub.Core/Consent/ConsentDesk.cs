using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;

namespace HomeHub.Core.Consent;

/// <summary>Where what people decide about their data is recorded and noted in the audit log, whoever brings it: a command or a page. Safe for several threads.</summary>
public sealed class ConsentDesk(IConsentBook book, IAuditLog audit)
{
    /// <summary>Records decisions, all or none. What holds is looked at just before; between that and the record another process may decide the same.</summary>
    /// <param name="decisions">The decisions; each is valid by itself.</param>
    /// <param name="who">Who recorded them, for the log.</param>
    /// <param name="cancellation">Takes it back before anything is recorded; what is recorded is noted, whoever goes away meanwhile.</param>
    /// <returns>The first decision that makes no sense after what was decided before (<see cref="ConsentState.Refuse"/>); null when all are recorded.</returns>
    /// <exception cref="BufferException">Book or log failed.</exception>
    public async Task<ConsentDecision?> DecideAsync(IReadOnlyList<ConsentDecision> decisions, string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ConsentState state = book.State;
        if (decisions.FirstOrDefault(decision => state.Refuse(decision) is not null) is { } refused)
        {
            return refused;
        }

        await book.DecideAsync(decisions, cancellation).ConfigureAwait(false);
        foreach (ConsentDecision decision in decisions)
        {
            string act = decision.Answer switch
            {
                ConsentAnswer.Given => AuditActs.ConsentGiven,
                ConsentAnswer.Refused => AuditActs.ConsentRefused,
                _ => AuditActs.ConsentWithdrawn,
            };
            string? about = AuditAbout.Of((AuditDetail.Recipient, decision.Recipient.Slug), (AuditDetail.Kind, decision.Kind.ToName()));
            await audit.AddAsync(new AuditNote(decision.At, act, who, decision.Patient, about), CancellationToken.None).ConfigureAwait(false);
        }

        return null;
    }
}
