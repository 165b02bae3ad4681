using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
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
    public Task<ActOutcome> DoAsync(ReadingAct act, CancellationToken cancellation) =>
        NotedAsync(act, buffer.ActAsync(act, createRules().Decide, cancellation), cancellation);

    /// <summary>Stores what a person enters; it goes by the rules. Null when it can't be kept as it was said.</summary>
    /// <exception cref="BufferException">Buffer or log failed.</exception>
    public async Task<ActOutcome?> EnterAsync(ReadingAct act, ManualEntry entry, CancellationToken cancellation) =>
        ManualEntryEncoder.Encode(entry, act.At, time.GetUtcNow()).Reading is { } reading
            ? await NotedAsync(act, buffer.EnterAsync(new NewReading(reading, createRules().Decide(reading)), act, cancellation), cancellation).ConfigureAwait(false)
            : null;

    /// <summary>
    /// Notes what was done where it is done: whoever asked may have given up waiting. Killed between the two, a request is done again, which changes nothing, and noted.
    /// </summary>
    private async Task<ActOutcome> NotedAsync(ReadingAct act, Task<ActOutcome> doing, CancellationToken cancellation)
    {
        ActOutcome outcome = await doing.ConfigureAwait(false);
        if (outcome == ActOutcome.Done)
        {
            await audit.AddAsync(NoteOf(act), cancellation).ConfigureAwait(false);
            wake?.Invoke();
        }

        return outcome;
    }

    private static AuditNote NoteOf(ReadingAct act)
    {
        string name = act.Kind switch
        {
            ActKind.Assign => AuditActs.ReadingAssigned,
            ActKind.Discard => AuditActs.ReadingDiscarded,
            ActKind.TakeBack => AuditActs.ReadingTakenBack,
            _ => AuditActs.ReadingEntered,
        };
        string? about = act.Reading == 0 ? null : act.Reason is { } reason ? $"reading {act.Reading}, {reason}" : $"reading {act.Reading}";
        return new AuditNote(act.At, name, act.Who, act.Patient, about);
    }
}
