using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Erasure;

/// <summary>
/// Where a person's readings are erased and that is noted in the audit log, whoever asks for it: a command, a request to the hub that holds the buffer, a page. Safe for several threads.
/// </summary>
/// <param name="buffer">The readings.</param>
/// <param name="audit">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="wake">Told once something is erased, so that what is under way is let go of at once; null: nothing is under way.</param>
public sealed class ErasureDesk(IReadingBuffer buffer, IAuditLog audit, TimeProvider time, Action? wake = null)
{
    /// <summary>Erases, and notes it; where traces are left, that too.</summary>
    /// <param name="patient">Whose; not <see cref="PatientReference.Nobody"/>.</param>
    /// <param name="withWaiting">Whether readings that are on their way are erased too.</param>
    /// <param name="who">Who asks for it, as the audit log tells it.</param>
    /// <param name="cancellation">Ends it early; what is erased by then is gone, and nothing is noted.</param>
    /// <exception cref="BufferException">Buffer or log failed; see <see cref="IReadingBuffer.EraseAsync"/>.</exception>
    public async Task<ErasedReadings> EraseAsync(PatientReference patient, bool withWaiting, string who, CancellationToken cancellation)
    {
        try
        {
            ErasedReadings erased = await buffer.EraseAsync(patient, withWaiting, cancellation).ConfigureAwait(false);
            await NoteAsync(AuditAbout.Of((AuditDetail.Erased, erased.Erased), (AuditDetail.NotUnderstood, erased.Payloads), (AuditDetail.OnTheirWay, erased.Left))).ConfigureAwait(false);
            return erased;
        }
        catch (BufferException error) when (error.Fault == BufferFault.Locked)
        {
            await NoteAsync(AuditAbout.Of((AuditDetail.Traces, "reader"))).ConfigureAwait(false);
            throw;
        }
        finally
        {
            wake?.Invoke();
        }

        Task NoteAsync(string? about) => audit.AddAsync(new AuditNote(time.GetLocalNow(), AuditActs.ReadingsErased, who, patient, about), cancellation);
    }
}
