using HomeHub.CloudRelay.Store;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Intake;

/// <summary>
/// The second half of the way: one transaction for all Bundles that wait, and their outcomes once it is committed. A failure of the store is
/// nobody's rejection: there is no outcome then, and the hub sends again.
/// </summary>
internal sealed class StoreGate(RelayStore store, BundleWriter writer, TimeProvider clock, RelayMetrics metrics, ILogger log)
{
    private volatile string? _failure;

    /// <summary>Why the last write failed; null when it did not.</summary>
    public string? Failure => _failure;

    /// <summary>Stores a group.</summary>
    /// <returns>The outcome of each, or null where it could not be stored.</returns>
    public IReadOnlyList<StoreOutcome?> Store(IReadOnlyList<IntakeWork> group)
    {
        store.WriteLock.Wait();
        try
        {
            if (TryStore(group) is { } outcomes)
            {
                return outcomes;
            }

            // One Bundle that the store can't take must not hold up those that came with it.
            return group.Count == 1 ? [null] : [.. group.Select(each => TryStore([each])?[0])];
        }
        finally
        {
            store.WriteLock.Release();
        }
    }

    /// <summary>Whether the store can be written now: after a failure, tries.</summary>
    public string? Probe()
    {
        if (_failure is null || !store.WriteLock.Wait(0))
        {
            return _failure;
        }

        try
        {
            writer.Begin();
            store.Connection.Execute("INSERT INTO figure(name, value) VALUES('probe', 1) ON CONFLICT(name) DO UPDATE SET value = value + 1");
            writer.Commit();
            _failure = null;
        }
        catch (SqliteException e)
        {
            Undo(e);
        }
        finally
        {
            store.WriteLock.Release();
        }

        return _failure;
    }

    private StoreOutcome[]? TryStore(IReadOnlyList<IntakeWork> group)
    {
        using var activity = metrics.Activities.StartActivity("commit");
        activity?.SetTag("homehub.bundles", group.Count);
        var begun = clock.GetTimestamp();
        try
        {
            var outcomes = new StoreOutcome[group.Count];
            writer.Begin();
            for (var i = 0; i < group.Count; i++)
            {
                outcomes[i] = Put(group[i]);
            }

            writer.Commit();
            _failure = null;
            metrics.Committed(clock.GetElapsedTime(begun));
            return outcomes;
        }
        catch (SqliteException e)
        {
            metrics.StoreFailed();
            log.LogError("{Bundles} Bundles could not be stored; they get no receipt and will be sent again: {Problem}", group.Count, e.Message);
            Undo(e);
            return null;
        }
    }

    private StoreOutcome Put(IntakeWork work)
    {
        var now = clock.GetUtcNow();
        var outcome = work.Reason is { } reason
            ? StoreOutcome.Refused(reason, work.Parsed.RejectedEntries())
            : writer.Add(work.Incoming, work.Parsed, work.Bytes, now);
        if (outcome.Reason is { } why)
        {
            writer.AddDeadLetter(new DeadLetter(
                DeadLetterOrigin.Intake, work.Incoming.Topic, why.ToWire(), [.. outcome.Rejected.Select(entry => entry.Entry)], null, work.Incoming.Payload, now));
        }

        return outcome;
    }

    private void Undo(SqliteException failure)
    {
        _failure = failure.Message;
        try
        {
            writer.Rollback();
        }
        catch (SqliteException e)
        {
            log.LogError("The store can't be read any more: {Problem}", e.Message);
        }
    }
}
