using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <content>Erasing.</content>
public sealed partial class SqliteReadingBuffer
{
    private int _erasures;

    /// <inheritdoc/>
    public int Erasures => Volatile.Read(ref _erasures);

    /// <inheritdoc/>
    public Task<HeldReadings> CountHeldAsync(PatientReference patient, CancellationToken cancellation) => _queries.CountHeldAsync(patient, cancellation);

    /// <inheritdoc/>
    public async Task<ErasedReadings> EraseAsync(PatientReference patient, bool withWaiting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        if (patient.IsNobody)
        {
            throw new ArgumentException("What is nobody's is discarded, not erased.", nameof(patient));
        }

        var erasure = new Erasure(patient, withWaiting);
        while (!erasure.IsDone)
        {
            // Durable: what a person was told to be gone does not come back with a power cut.
            await _writer.RunAsync(
                isDurable: true,
                Erasure.StepRows,
                session =>
                {
                    session.WhenDone(() => Interlocked.Increment(ref _erasures));
                    return session.Step(erasure);
                },
                cancellation).ConfigureAwait(false);
        }

        await _writer.ClearAsync().ConfigureAwait(false);
        return new ErasedReadings(erasure.Erased, erasure.Left, erasure.Payloads);
    }
}
