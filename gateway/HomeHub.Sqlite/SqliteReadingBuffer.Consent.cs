using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <content>What persons let a recipient have.</content>
public sealed partial class SqliteReadingBuffer
{
    /// <inheritdoc/>
    public Task<int> WithholdAsync(Recipient recipient, IReadOnlyList<long> ids, CancellationToken cancellation) => ids.Count == 0
        ? Task.FromResult(0)
        : _writer.RunAsync(isDurable: false, ids.Count, session => session.Withhold(recipient, ids), cancellation);

    /// <inheritdoc/>
    public async Task<int> ReviewAsync(Recipient recipient, Func<AcquiredReading, bool> permits, CancellationToken cancellation)
    {
        var review = new ConsentReview(recipient, permits);
        while (!review.IsDone)
        {
            await _writer.RunAsync(isDurable: false, ConsentReview.StepReadings, session => session.Step(review), cancellation).ConfigureAwait(false);
        }

        return review.Changed;
    }
}
