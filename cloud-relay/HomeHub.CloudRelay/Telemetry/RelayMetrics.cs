using System.Diagnostics;
using System.Diagnostics.Metrics;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Telemetry;

/// <summary>What the relay counts. Tags are codes: no hub, patient or device.</summary>
internal sealed class RelayMetrics : IDisposable
{
    /// <summary>Name of meter and activity source.</summary>
    public const string Name = "HomeHub.CloudRelay";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _bundles;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _storeFailures;
    private readonly Counter<long> _receiptFailures;
    private readonly Counter<long> _forwarded;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<double> _receiptSeconds;

    /// <summary>Makes the instruments.</summary>
    public RelayMetrics()
    {
        _bundles = _meter.CreateCounter<long>("homehub.relay.bundles", "{bundle}", "Bundles by outcome: committed, or the reason of the refusal.");
        _entries = _meter.CreateCounter<long>("homehub.relay.entries", "{entry}", "Entries of committed Bundles: stored or duplicate.");
        _storeFailures = _meter.CreateCounter<long>("homehub.relay.store.failures", "{failure}", "Commits that failed; the hubs send again.");
        _receiptFailures = _meter.CreateCounter<long>("homehub.relay.receipt.failures", "{receipt}", "Receipts that the broker did not take.");
        _forwarded = _meter.CreateCounter<long>("homehub.relay.forwarded", "{attempt}", "Answers of the FHIR server: done, retry, dead-letter.");
        _commitSeconds = _meter.CreateHistogram<double>("homehub.relay.commit.duration", "s", "From the first write of a group of Bundles to the end of its commit.");
        _receiptSeconds = _meter.CreateHistogram<double>("homehub.relay.receipt.delay", "s", "From a Bundle's arrival to the broker's word that it has the receipt.");
    }

    /// <summary>Traces of commits and forwards.</summary>
    public ActivitySource Activities { get; } = new(Name);

    /// <summary>Adds a gauge that is asked when it is read.</summary>
    public void Observe(string name, string unit, string description, Func<long> value) =>
        _meter.CreateObservableGauge($"homehub.relay.{name}", value, unit, description);

    /// <summary>A Bundle came to its end.</summary>
    public void BundleDone(ReasonCode? reason, int stored, int duplicate)
    {
        _bundles.Add(1, new KeyValuePair<string, object?>("outcome", reason?.ToWire() ?? "committed"));
        if (stored > 0)
        {
            _entries.Add(stored, new KeyValuePair<string, object?>("state", "stored"));
        }

        if (duplicate > 0)
        {
            _entries.Add(duplicate, new KeyValuePair<string, object?>("state", "duplicate"));
        }
    }

    /// <summary>A message came on a topic outside the contract.</summary>
    public void UnknownTopic() => _bundles.Add(1, new KeyValuePair<string, object?>("outcome", "unknown-topic"));

    /// <summary>A group was committed.</summary>
    public void Committed(TimeSpan duration) => _commitSeconds.Record(duration.TotalSeconds);

    /// <summary>A commit failed.</summary>
    public void StoreFailed() => _storeFailures.Add(1);

    /// <summary>A receipt left.</summary>
    public void Receipted(TimeSpan delay) => _receiptSeconds.Record(delay.TotalSeconds);

    /// <summary>A receipt did not.</summary>
    public void ReceiptFailed() => _receiptFailures.Add(1);

    /// <summary>The FHIR server answered.</summary>
    public void Forwarded(string outcome) => _forwarded.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        Activities.Dispose();
    }
}
