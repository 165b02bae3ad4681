using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Testing.Buffering;

/// <summary>
/// A double of the buffer: the port's contract in plain collections, nothing durable. <see cref="Reopen"/> acts as a new start of the process.
/// </summary>
/// <param name="maxReadings">How many readings it holds before it makes room or refuses.</param>
public sealed partial class InMemoryReadingBuffer(int maxReadings = int.MaxValue) : IReadingBuffer
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Held> _held = [];
    private readonly Dictionary<RecordIdentity, string> _seen = [];
    private readonly HashSet<string> _forgotten = [];
    private readonly HashSet<(string Address, BluetoothUuid Service, BluetoothUuid Characteristic, string Octets, DateTimeOffset At)> _quarantine = [];
    private readonly SortedDictionary<string, long> _causes = new(StringComparer.Ordinal);
    private readonly Dictionary<(Recipient Recipient, Guid Device), string> _known = [];
    private long _lastId;
    private long _duplicates;
    private long _sentAgain;
    private long _prunedReceipted;
    private long _prunedLocal;
    private long _prunedDiscarded;
    private bool _full;
    private DateTimeOffset? _lastReceipt;

    /// <inheritdoc/>
    public HubIdentity Hub { get; private init; } = new(Guid.NewGuid(), "02005EFFFE0000AA");

    /// <inheritdoc/>
    public DateTimeOffset? KnownSince { get; init; }

    /// <summary>What a new start of the process does: leases end.</summary>
    public InMemoryReadingBuffer Reopen()
    {
        lock (_gate)
        {
            foreach ((Held held, Recipient recipient, _) in Deliveries(DeliveryState.Sent))
            {
                held.States[recipient] = held.States[recipient].Back();
            }
        }

        return this;
    }

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task CommitAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<AppendOutcome[]> AppendAsync(IReadOnlyList<NewReading> readings, CancellationToken cancellation)
    {
        if (readings.Any(added => added.Deliveries.Any(delivery => (delivery.State == DeliveryState.Unassigned) != added.Reading.Patient.IsNobody)))
        {
            throw new ArgumentException("Nobody's reading starts unassigned, and nothing else does.", nameof(readings));
        }

        lock (_gate)
        {
            MakeRoom(readings.Count);
            bool fits = _held.Count + readings.Count <= maxReadings;
            var outcomes = new AppendOutcome[readings.Count];
            for (int i = 0; i < readings.Count; i++)
            {
                if (fits)
                {
                    _forgotten.Remove(readings[i].Reading.Device.Address);
                }

                outcomes[i] = Append(readings[i], fits);
            }

            _full = outcomes.Contains(AppendOutcome.Full);
            return Task.FromResult(outcomes);
        }
    }

    private AppendOutcome Append(NewReading added, bool fits)
    {
        if (_seen.ContainsKey(added.Reading.Identity))
        {
            _duplicates++;
            return AppendOutcome.Duplicate;
        }

        if (!fits)
        {
            return AppendOutcome.Full;
        }

        _seen.Add(added.Reading.Identity, added.Reading.Device.Address);
        AcquiredReading reading = added.Reading with { IdentifierTaken = TakesIdentifier(added.Reading) };
        _held.Add(
            ++_lastId,
            new Held(
                _lastId,
                reading,
                added.Deliveries.ToDictionary(
                    d => d.Recipient, d => new Progress(d.State, d.State == DeliveryState.Unassigned ? reading.Unassigned.ToWire() : null))));
        return AppendOutcome.Stored;
    }

    private void MakeRoom(int added)
    {
        foreach (Held held in _held.Values.Where(held => held.IsHistory).Take(Math.Max(0, _held.Count + added - maxReadings)).ToList())
        {
            Remove(held);
        }
    }

    private void Remove(Held held)
    {
        _prunedReceipted += held.States.Values.LongCount(p => p.State == DeliveryState.Receipted);
        _prunedDiscarded += held.States.Values.LongCount(p => p.State == DeliveryState.Discarded);
        _prunedLocal += held.States.Values.LongCount(p => p.State is DeliveryState.Local or DeliveryState.Withheld);
        _held.Remove(held.Id);
        if (held.Reading.Context.IsMinute || _forgotten.Contains(held.Reading.Device.Address))
        {
            _seen.Remove(held.Reading.Identity);
        }
    }

    /// <summary>What lies in quarantine, in order.</summary>
    public ConcurrentQueue<RejectedPayload> Quarantined { get; } = [];

    /// <inheritdoc/>
    public Task<int> QuarantineAsync(IReadOnlyList<RejectedPayload> payloads, CancellationToken cancellation)
    {
        lock (_gate)
        {
            int added = 0;
            foreach (RejectedPayload rejected in payloads)
            {
                if (_quarantine.Add(KeyOf(rejected)))
                {
                    string cause = $"{rejected.Error.Code.ToWire()} {rejected.Payload.Characteristic:X4}";
                    Quarantined.Enqueue(rejected);
                    _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
                    added++;
                }
            }

            return Task.FromResult(added);
        }
    }

    private static (string Address, BluetoothUuid Service, BluetoothUuid Characteristic, string Octets, DateTimeOffset At) KeyOf(RejectedPayload rejected)
    {
        IncomingPayload payload = rejected.Payload;
        string octets = Convert.ToHexString(payload.Octets.Span);
        return (rejected.Device.Address, payload.Service, payload.Characteristic, octets, payload.IsToldAgain ? default : payload.ReceivedAt);
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_gate)
        {
            List<Held> old = [.. _held.Values.Where(held => held.IsHistory && held.States.Values.All(progress => (progress.SettledAt ?? held.Reading.ReceivedAt) < before))];
            old.ForEach(Remove);
            return Task.FromResult(old.Count);
        }
    }

    /// <inheritdoc/>
    public Task<BufferCounts> CountAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(new BufferCounts
            {
                Buffered = Deliveries(DeliveryState.Buffered).LongCount(),
                Sent = Deliveries(DeliveryState.Sent).LongCount(),
                Receipted = Deliveries(DeliveryState.Receipted).LongCount() + _prunedReceipted,
                Rejected = Deliveries(DeliveryState.Rejected).LongCount(),
                Local = Deliveries(DeliveryState.Local).LongCount() + _prunedLocal,
                Withheld = Deliveries(DeliveryState.Withheld).LongCount(),
                Unassigned = Deliveries(DeliveryState.Unassigned).LongCount(),
                Discarded = Deliveries(DeliveryState.Discarded).LongCount() + _prunedDiscarded,
                TakenBack = _takenBack,
                Quarantined = _causes.Values.Sum(),
                Duplicates = _duplicates,
                Taken = _lastId,
                SentAgain = _sentAgain,
                Known = _seen.Count,
                OldestUnreceiptedAt = _held.Values.FirstOrDefault(held => held.IsOnItsWay)?.Reading.ReceivedAt,
                LastReceiptAt = _lastReceipt,
                IsFull = _full,
                RejectedByReason = Deliveries(DeliveryState.Rejected)
                    .GroupBy(d => d.Progress.Reason!).ToDictionary(group => group.Key, group => group.LongCount()),
                QuarantinedByCause = new Dictionary<string, long>(_causes),
            });
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PatientReference>> ListPatientsAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<PatientReference>>(
                [.. _held.Values.Select(held => held.Reading.Patient).Where(patient => !patient.IsNobody && !patient.IsRoom).Distinct().OrderBy(patient => patient.Key, StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BufferedReading> ReadHistoryAsync(
        PatientReference patient, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<BufferedReading> readings;
        lock (_gate)
        {
            readings = [.. _held.Values.Where(held => held.Reading.Patient == patient).Select(held => held.ToBuffered())];
        }

        foreach (BufferedReading reading in readings)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return await ValueTask.FromResult(reading);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Held? Find(long id) => _held.GetValueOrDefault(id);

    private IEnumerable<(Held Held, Recipient Recipient, Progress Progress)> Deliveries(DeliveryState state) =>
        (from held in _held.Values
         from delivery in held.States
         where delivery.Value.State == state
         select (held, delivery.Key, delivery.Value)).ToList();

    private readonly record struct Progress(DeliveryState State, string? Reason, DateTimeOffset? SettledAt = null)
    {
        public DateTimeOffset? SentAt { get; init; }

        public bool WasSent => SentAt is not null;

        public int TakeBack { get; init; }

        public Progress Back() => this with { State = DeliveryState.Buffered, Reason = null, SettledAt = null, TakeBack = Math.Min(TakeBack, 1) };
    }

    private sealed record Held(long Id, AcquiredReading Reading, Dictionary<Recipient, Progress> States)
    {
        public bool IsHistory => States.Values.All(
            progress => progress.State is DeliveryState.Receipted or DeliveryState.Local or DeliveryState.Discarded or DeliveryState.Withheld);

        public bool IsOpen => !IsHistory || States.Values.Any(progress => progress.State == DeliveryState.Withheld);

        public bool IsOnItsWay => States.Values.Any(progress => progress.State is DeliveryState.Buffered or DeliveryState.Sent);

        public DeliveryState? StateOf(Recipient recipient) => States.TryGetValue(recipient, out Progress progress) ? progress.State : null;

        public BufferedReading ToBuffered() => new(Id, Reading);
    }
}
