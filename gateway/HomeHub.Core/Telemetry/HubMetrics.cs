using System.Diagnostics;
using System.Diagnostics.Metrics;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;

namespace HomeHub.Core.Telemetry;

/// <summary>What the hub measures of itself. No value, patient or address is ever a tag.</summary>
public sealed class HubMetrics : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "HomeHub";

    /// <summary>Traces: one activity a Bundle on its way.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _taken;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _decodeErrors;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _sentAgain;
    private readonly Counter<long> _receipted;
    private readonly Counter<long> _rejected;
    private readonly Histogram<double> _toReceipt;
    private readonly Counter<long> _sessions;
    private readonly Histogram<double> _sessionStep;
    private readonly Counter<long> _roomFaults;

    /// <summary>Creates the instruments.</summary>
    public HubMetrics()
    {
        _taken = _meter.CreateCounter<long>("homehub.readings.taken", "{reading}", "Readings stored");
        _duplicates = _meter.CreateCounter<long>("homehub.readings.duplicate", "{reading}", "Records that were known already");
        _decodeErrors = _meter.CreateCounter<long>("homehub.decode.errors", "{payload}", "Payloads that were not understood");
        _sent = _meter.CreateCounter<long>("homehub.readings.sent", "{reading}", "Readings sent");
        _sentAgain = _meter.CreateCounter<long>("homehub.readings.sent_again", "{reading}", "Readings sent once more");
        _receipted = _meter.CreateCounter<long>("homehub.readings.receipted", "{reading}", "Readings receipted");
        _rejected = _meter.CreateCounter<long>("homehub.readings.rejected", "{reading}", "Readings refused by the relay");
        _sessions = _meter.CreateCounter<long>("homehub.sessions", "{connection}", "Connections with devices, by how they ended");
        _sessionStep = _meter.CreateHistogram<double>("homehub.session.step_time", "s", "From the advertisement to each step of a connection");
        _roomFaults = _meter.CreateCounter<long>("homehub.room.faults", "{reading}", "Times that the sensor of the room could not be read, or told what can't be");
        _toReceipt = _meter.CreateHistogram<double>("homehub.reading.time_to_receipt", "s", "From received to receipted");
    }

    /// <summary>Adds gauges that are read when they are exported: counts by state, age of the oldest reading, broker state.</summary>
    public void Observe(Func<BufferCounts> counts, Func<bool> isConnected, TimeProvider time)
    {
        _meter.CreateObservableGauge(
            "homehub.buffer.readings",
            () =>
            {
                BufferCounts now = counts();
                return new Measurement<long>[]
                {
                    new(now.Buffered, new KeyValuePair<string, object?>("state", "buffered")),
                    new(now.Sent, new KeyValuePair<string, object?>("state", "sent")),
                    new(now.Receipted, new KeyValuePair<string, object?>("state", "receipted")),
                    new(now.Rejected, new KeyValuePair<string, object?>("state", "rejected")),
                    new(now.Local, new KeyValuePair<string, object?>("state", "local")),
                    new(now.Quarantined, new KeyValuePair<string, object?>("state", "quarantined")),
                };
            },
            "{reading}",
            "Readings in each state");
        _meter.CreateObservableGauge(
            "homehub.buffer.oldest_age",
            () => counts().OldestUnreceiptedAt is { } oldest ? (time.GetUtcNow() - oldest).TotalSeconds : 0,
            "s",
            "Age of the oldest reading that is not receipted");
        _meter.CreateObservableGauge("homehub.broker.connected", () => isConnected() ? 1 : 0, description: "1 while the broker is reached");
    }

    /// <summary>Adds a gauge of what the hub found of itself: a check each, 0 good or off, 1 not known, 2 warning, 3 bad; none before it has looked.</summary>
    public void ObserveSelfCheck(Func<SelfCheckReport?> report) => _meter.CreateObservableGauge(
        "homehub.self_check",
        () => (report()?.Results ?? []).Select(result => new Measurement<int>(
            Math.Max(0, (int)result.Finding.Outcome - (int)CheckOutcome.Good), new KeyValuePair<string, object?>("check", result.Name))),
        description: "0 good or off, 1 not known, 2 warning, 3 bad");

    /// <summary>A reading was stored or known.</summary>
    public void Appended(AppendOutcome outcome)
    {
        if (outcome == AppendOutcome.Stored)
        {
            _taken.Add(1);
        }
        else if (outcome == AppendOutcome.Duplicate)
        {
            _duplicates.Add(1);
        }
    }

    /// <summary>A payload was not understood.</summary>
    public void NotUnderstood(DecodeErrorCode code, BluetoothUuid characteristic) =>
        _decodeErrors.Add(
            1,
            new KeyValuePair<string, object?>("code", code.ToWire()),
            new KeyValuePair<string, object?>("characteristic", characteristic.ToString()));

    /// <summary>The sensor of the room gave no value.</summary>
    public void RoomNotRead(RoomCondition why) => _roomFaults.Add(1, new KeyValuePair<string, object?>("why", why.ToString()));

    /// <summary>Readings were published.</summary>
    public void Sent(int readings, bool again) => (again ? _sentAgain : _sent).Add(readings);

    /// <summary>A reading was receipted, this long after its reception.</summary>
    public void Receipted(TimeSpan sinceReceived)
    {
        _receipted.Add(1);
        _toReceipt.Record(sinceReceived.TotalSeconds);
    }

    /// <summary>A connection with a device ended.</summary>
    public void Session(SessionReport report)
    {
        _sessions.Add(1, new KeyValuePair<string, object?>("fault", report.Fault?.ToString() ?? "none"));
        Step("connected", report.Connected);
        Step("encrypted", report.Encrypted);
        Step("resolved", report.Resolved);
        Step("subscribed", report.Subscribed);
        Step("first-value", report.FirstValue);
        Step("done", report.Done);
    }

    /// <summary>Readings were refused.</summary>
    public void Rejected(int readings, string reason) => _rejected.Add(readings, new KeyValuePair<string, object?>("reason", reason));

    private void Step(string step, TimeSpan? after)
    {
        if (after is { } time)
        {
            _sessionStep.Record(time.TotalSeconds, new KeyValuePair<string, object?>("step", step));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
