using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <content>What persons do with readings.</content>
public sealed partial class SqliteReadingBuffer
{
    /// <inheritdoc/>
    public Task<ActOutcome> ActAsync(ReadingAct act, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.Validate() is { } wrong
            ? throw new ArgumentException(wrong, nameof(act))
            : _writer.RunAsync(isDurable: true, rows: 1, session => session.Act(act, decide), cancellation);
    }

    /// <inheritdoc/>
    public Task<ActOutcome> EnterAsync(NewReading entered, ReadingAct act, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.Kind != ActKind.Enter || act.Validate() is not null
            ? throw new ArgumentException(act.Validate() ?? "this is no entry", nameof(act))
            : _writer.RunAsync(isDurable: true, rows: 1, session => session.Enter(act, PreparedReading.Of(entered)), cancellation);
    }
}
