using System.Threading.Channels;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using HomeHub.Mosquitto;

namespace HomeHub.CloudRelay.Intake;

/// <summary>
/// From broker to store and back: messages are read in order, checked by one task and written by another, so that the next Bundles are parsed
/// while the disk syncs. Every queue on the way is bounded; a full one lets the broker wait.
/// </summary>
internal sealed class IntakePipeline(
    MosquittoClient client, StoreGate gate, ReceiptSender receipts, HubBoard hubs, TimeProvider clock, RelayMetrics metrics, ILogger log)
{
    /// <summary>Most Bundles between checking and writing.</summary>
    public const int MaxWaitingBundles = 32;

    /// <summary>Most entries in one commit; a Bundle is never split.</summary>
    public const int MaxEntriesPerCommit = 4_000;

    private readonly BundleIntake _intake = new(clock);
    private readonly Channel<IntakeWork> _checked = Channel.CreateBounded<IntakeWork>(
        new BoundedChannelOptions(MaxWaitingBundles) { SingleReader = true, SingleWriter = true });

    /// <summary>Raised in the writing task after Bundles were committed.</summary>
    public event Action? Committed;

    /// <summary>Runs until the client is closed or the token is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(Task.Run(() => ReadAsync(cancellation), CancellationToken.None), Task.Run(() => WriteAsync(), CancellationToken.None));

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var message in client.Messages.ReadAllAsync(cancellation))
            {
                if (Topics.TryParseStatus(message.Topic, out var hub))
                {
                    hubs.Take(hub, message.Payload.Span);
                }
                else if (Topics.TryParseBundle(message.Topic, out var topic))
                {
                    await _checked.Writer.WriteAsync(_intake.Read(new IncomingBundle(topic, message.Payload)), cancellation);
                }
                else
                {
                    // Nobody can be told: the topic is where the sender would stand.
                    metrics.UnknownTopic();
                    log.LogWarning("A message of {Bytes} bytes came on a topic that the contract does not know", message.Payload.Length);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end: what was not stored gets no receipt, and comes again.
        }
        finally
        {
            _checked.Writer.TryComplete();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            var group = new List<IntakeWork>();
            while (await _checked.Reader.WaitToReadAsync(CancellationToken.None))
            {
                group.Clear();
                for (var entries = 0; entries < MaxEntriesPerCommit && _checked.Reader.TryRead(out var work);)
                {
                    group.Add(work);
                    entries += work.Parsed.Entries.Count;
                }

                var outcomes = gate.Store(group);
                Committed?.Invoke();
                for (var i = 0; i < group.Count; i++)
                {
                    if (outcomes[i] is { } outcome)
                    {
                        metrics.BundleDone(outcome.Reason, outcome.Stored.Count, outcome.Duplicate.Count);
                        Log(group[i].Incoming.Topic, outcome);
                        await receipts.SendAsync(group[i].Incoming.Topic, outcome.ToReceipt(group[i].Incoming.Topic.Bundle), group[i].ArrivedAt, CancellationToken.None);
                    }

                    _intake.Return(group[i]);
                }
            }
        }
        catch (Exception e)
        {
            // Whoever reads must not wait for a writer that is gone.
            _checked.Writer.TryComplete(e);
            throw;
        }
    }

    private void Log(BundleTopic topic, Store.StoreOutcome outcome)
    {
        if (outcome.Reason is { } reason)
        {
            log.LogWarning("Bundle {Bundle} of hub {Hub} rejected: {Reason}, {Entries} entries named", topic.Bundle, topic.Hub, reason.ToWire(), outcome.Rejected.Count);
        }
        else
        {
            log.LogDebug("Bundle {Bundle} of hub {Hub}: {Stored} stored, {Duplicate} known before", topic.Bundle, topic.Hub, outcome.Stored.Count, outcome.Duplicate.Count);
        }
    }
}
