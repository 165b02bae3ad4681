using System.Globalization;
using System.Threading.Channels;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Forwarding;

/// <summary>
/// Brings stored Bundles to the FHIR server, oldest first, one at a time, for as long as it takes. A Bundle that the server refuses is halved until
/// the entry is found that it will not have; that one becomes a dead letter, the others get through. So does what can't be read in the store any more. The
/// store keeps everything.
/// </summary>
internal sealed class Forwarder : IDisposable
{
    private const int Forwarded = 1;
    private const int ForwardedInPart = 2;
    private const string Unreadable = "unreadable-in-store";

    private readonly RelayStore _store;
    private readonly FhirServerClient _server;
    private readonly TimeProvider _clock;
    private readonly RelayMetrics _metrics;
    private readonly ILogger _log;
    private readonly ForwardRetry _retry;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Makes a forwarder and takes over the client.</summary>
    public Forwarder(RelayStore store, FhirServerClient server, TimeProvider clock, RelayMetrics metrics, ILogger log, ForwardRetry? retry = null)
    {
        (_store, _server, _clock, _metrics, _log, _retry) = (store, server, clock, metrics, log, retry ?? new ForwardRetry());
        metrics.Observe("forward.waiting", "{bundle}", "Bundles that the FHIR server does not have yet.", CountWaiting);
    }

    /// <summary>Says that there may be something to forward.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (var failures = 0; ;)
            {
                try
                {
                    while (NextWaiting() is { } bundle)
                    {
                        await ForwardAsync(bundle, cancellation);
                        failures = 0;
                    }

                    await _wake.Reader.ReadAsync(cancellation);
                }
                catch (SqliteException e)
                {
                    _log.LogError("Forwarding waits, because the store fails: {Problem}", e.Message);
                    await Task.Delay(_retry.Delay(failures++, null), _clock, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is not forwarded stays marked as waiting.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private async Task ForwardAsync((long Seq, BundleTopic Topic) bundle, CancellationToken cancellation)
    {
        using var activity = _metrics.Activities.StartActivity("forward");
        using var connection = _store.OpenReader();
        var builder = new ForwardBundle(connection);
        var refused = new List<DeadLetter>();
        try
        {
            await SendAsync(builder, bundle.Topic, builder.Resources(bundle.Seq), refused, cancellation);
        }
        catch (InvalidDataException e)
        {
            _log.LogError("A Bundle can't be forwarded: {Problem}", e.Message);
            refused.Add(Letter(bundle.Topic, Unreadable, [], null));
        }

        Finish(bundle, refused);
        if (refused.Count > 0)
        {
            _log.LogError("{Entries} entries of Bundle {Bundle} of hub {Hub} did not get to the FHIR server; they are dead letters", refused.Count, bundle.Topic.Bundle, bundle.Topic.Hub);
        }
    }

    private async Task SendAsync(
        ForwardBundle builder, BundleTopic topic, IReadOnlyList<StoredResource> resources, List<DeadLetter> refused, CancellationToken cancellation)
    {
        // Halving with a stack of its own: a Bundle of 2,000 entries is halved at most eleven times deep.
        var parts = new Stack<IReadOnlyList<StoredResource>>([resources]);
        while (parts.TryPop(out var part))
        {
            var answer = await PostAsync(builder, part, cancellation);
            if (answer.Verdict == ForwardVerdict.Done)
            {
                continue;
            }

            if (part.Count > 1)
            {
                parts.Push([.. part.Skip(part.Count / 2)]);
                parts.Push([.. part.Take(part.Count / 2)]);
            }
            else if (answer.Status == StatusCodes.Status412PreconditionFailed && await IsKnownAsync(builder, part[0], cancellation))
            {
                _metrics.Forwarded("known");
            }
            else
            {
                _metrics.Forwarded("dead-letter");
                var reason = answer.Status switch
                {
                    StatusCodes.Status412PreconditionFailed => "ambiguous-on-server",
                    0 => Unreadable,
                    _ => "refused-by-server",
                };
                refused.Add(Letter(topic, reason, [part[0].Uuid.ToGuid()], answer.Status == 0 ? null : answer.Status));
            }
        }
    }

    /// <summary>
    /// Whether the server has an Observation already, after it said that it knows several by an identifier: it does when that was the Observation's own. It goes
    /// with what it refers to; where that alone is taken, it was.
    /// </summary>
    private async Task<bool> IsKnownAsync(ForwardBundle builder, StoredResource resource, CancellationToken cancellation)
    {
        if (resource.Kind != ResourceKind.Observation || builder.IsUpdate(resource))
        {
            return false;
        }

        var targets = builder.Targets(resource);
        return targets.Count == 0 || (await PostAsync(builder, targets, cancellation)).Verdict == ForwardVerdict.Done;
    }

    /// <summary>Posts until there is an answer that stands. What can't be read in the store counts as refused, with status 0.</summary>
    private async Task<ForwardAnswer> PostAsync(ForwardBundle builder, IReadOnlyList<StoredResource> resources, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            ForwardAnswer answer;
            try
            {
                answer = await _server.PostAsync(builder.Build(resources), _clock.GetUtcNow(), cancellation);
            }
            catch (InvalidDataException e)
            {
                _log.LogError("Resources can't be forwarded: {Problem}", e.Message);
                return new ForwardAnswer(ForwardVerdict.Refused, 0, null);
            }

            if (answer.Verdict is ForwardVerdict.Done or ForwardVerdict.Refused)
            {
                _metrics.Forwarded(answer.Verdict == ForwardVerdict.Done ? "done" : "refused");
                return answer;
            }

            _metrics.Forwarded("retry");
            var delay = _retry.Delay(attempt, answer.RetryAfter);
            _log.Log(
                answer.Verdict == ForwardVerdict.RetryAndReport ? LogLevel.Error : LogLevel.Warning,
                "The FHIR server did not take a Bundle (status {Status}); next try in {Seconds} s",
                answer.Status,
                Math.Ceiling(delay.TotalSeconds));
            await Task.Delay(delay, _clock, cancellation);
        }
    }

    private (long Seq, BundleTopic Topic)? NextWaiting()
    {
        using var connection = _store.OpenReader();
        using var command = connection.Command("SELECT seq, hub, recipient, uuid, encoding FROM bundle WHERE forward = 0 ORDER BY seq LIMIT 1");
        using var row = command.ExecuteReader();
        return row.Read()
            ? (row.GetInt64(0), new BundleTopic(Uuid(row, 1), row.GetString(2), Uuid(row, 3), (BundleEncoding)row.GetInt32(4)))
            : null;
    }

    private long CountWaiting()
    {
        using var connection = _store.OpenReader();
        return Convert.ToInt64(connection.Scalar("SELECT count(*) FROM bundle WHERE forward = 0"), CultureInfo.InvariantCulture);
    }

    private DeadLetter Letter(BundleTopic topic, string reason, IReadOnlyList<Guid> entries, int? status) =>
        new(DeadLetterOrigin.Forward, topic, reason, entries, status, default, _clock.GetUtcNow());

    private void Finish((long Seq, BundleTopic Topic) bundle, List<DeadLetter> refused)
    {
        _store.WriteLock.Wait();
        try
        {
            using var transaction = _store.Connection.BeginTransaction();
            using (var command = _store.Connection.Command(
                "UPDATE bundle SET forward = $0 WHERE seq = $1", refused.Count == 0 ? Forwarded : ForwardedInPart, bundle.Seq))
            {
                command.Transaction = transaction;
                command.ExecuteNonQuery();
            }

            if (refused.Count > 0)
            {
                using var letters = new DeadLetterWriter(_store.Connection);
                refused.ForEach(letters.Add);
            }

            transaction.Commit();
        }
        finally
        {
            _store.WriteLock.Release();
        }
    }

    private static Guid Uuid(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);
}
