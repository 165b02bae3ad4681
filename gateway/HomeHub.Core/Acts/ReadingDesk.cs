using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;

namespace HomeHub.Core.Acts;

/// <summary>
/// Where what persons say about readings is done and noted in the audit log, whoever brings it: a command, a request to the hub that holds the buffer, a page. Safe
/// for several threads.
/// </summary>
/// <param name="buffer">The readings.</param>
/// <param name="audit">The log.</param>
/// <param name="createRules">To whom a reading goes that becomes somebody's; asked anew for each act.</param>
/// <param name="time">The clock.</param>
/// <param name="wake">Told when there may be something to deliver; null: nobody waits for it.</param>
public sealed class ReadingDesk(IReadingBuffer buffer, IAuditLog audit, Func<DeliveryRules> createRules, TimeProvider time, Action? wake = null)
{
    /// <summary>Does an act. What becomes somebody's goes by the rules, as if it had just come.</summary>
    /// <exception cref="BufferException">Buffer or log failed.</exception>
    public async Task<ActOutcome> DoAsync(ReadingAct act, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(act);

        // It concerns whose the reading was as much as whose it becomes.
        PatientReference? before = act.Kind == ActKind.TakeBack ? (await buffer.FindAsync(act.Reading, cancellation).ConfigureAwait(false))?.Reading.Record.Patient : null;
        return await NotedAsync(act, before is { IsNobody: false } ? before : null, buffer.ActAsync(act, createRules().Decide, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Stores what a person enters; it goes by the rules. Null when it can't be kept as it was said.</summary>
    /// <exception cref="BufferException">Buffer or log failed.</exception>
    public async Task<ActOutcome?> EnterAsync(ReadingAct act, ManualEntry entry, CancellationToken cancellation) =>
        ManualEntryEncoder.Encode(entry, act.At, time.GetUtcNow()).Reading is { } reading
            ? await NotedAsync(act, null, buffer.EnterAsync(new NewReading(reading, createRules().Decide(reading)), act, cancellation)).ConfigureAwait(false)
            : null;

    /// <summary>
    /// Notes what was done where it is done, to its end: whoever asked may have given up waiting. Killed between the two, a request is done again, which changes nothing,
    /// and noted.
    /// </summary>
    private async Task<ActOutcome> NotedAsync(ReadingAct act, PatientReference? before, Task<ActOutcome> doing)
    {
        ActOutcome outcome = await doing.ConfigureAwait(false);
        if (outcome == ActOutcome.Done)
        {
            PatientReference?[] concerned = before is not null && act.Patient is not null ? [before, act.Patient] : [before ?? act.Patient];
            foreach (PatientReference? patient in concerned)
            {
                await audit.AddAsync(NoteOf(act, patient), CancellationToken.None).ConfigureAwait(false);
            }

            wake?.Invoke();
        }

        return outcome;
    }

    private static AuditNote NoteOf(ReadingAct act, PatientReference? patient)
    {
        string name = act.Kind switch
        {
            ActKind.Assign => AuditActs.ReadingAssigned,
            ActKind.Discard => AuditActs.ReadingDiscarded,
            ActKind.TakeBack => AuditActs.ReadingTakenBack,
            _ => AuditActs.ReadingEntered,
        };
        string? about = act.Reading == 0 ? null : AuditAbout.Of((AuditDetail.Reading, act.Reading), (AuditDetail.Reason, act.Reason));
        return new AuditNote(act.At, name, act.Who, patient, about);
    }
}
