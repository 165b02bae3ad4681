using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Buffering;

/// <summary>What persons do with readings.</summary>
public sealed partial class InMemoryReadingBuffer
{
    private readonly List<RecordedAct> _acts = [];
    private long _takenBack;

    /// <inheritdoc/>
    public Task<ActOutcome> ActAsync(ReadingAct act, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide, CancellationToken cancellation)
    {
        if (act.Validate() is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(act));
        }

        lock (_gate)
        {
            return Task.FromResult(Act(act, decide));
        }
    }

    /// <inheritdoc/>
    public Task<ActOutcome> EnterAsync(NewReading entered, ReadingAct act, CancellationToken cancellation)
    {
        if (act.Kind != ActKind.Enter || act.Validate() is not null)
        {
            throw new ArgumentException("This is no entry.", nameof(act));
        }

        lock (_gate)
        {
            if (_acts.Exists(done => done.Act.Id == act.Id))
            {
                return Task.FromResult(ActOutcome.Done);
            }

            AppendOutcome outcome = Append(entered, fits: true);
            if (outcome == AppendOutcome.Stored)
            {
                _acts.Add(new RecordedAct(act with { Reading = _lastId }, PatientReference.Nobody, null));
            }

            bool isTakenBack = _held.Values.Any(held => held.Reading.Identity == entered.Reading.Identity && held.Reading.IsTakenBack);
            return Task.FromResult(outcome == AppendOutcome.Stored ? ActOutcome.Done : isTakenBack ? ActOutcome.TakenBackBefore : ActOutcome.KnownBefore);
        }
    }

    private ActOutcome Act(ReadingAct act, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide)
    {
        if (_acts.Exists(done => done.Act.Id == act.Id))
        {
            return ActOutcome.Done;
        }

        if (Find(act.Reading) is not { } held)
        {
            return ActOutcome.NotFound;
        }

        PatientReference before = held.Reading.Patient;
        bool isUnassigned = held.States.Values.Any(progress => progress.State == DeliveryState.Unassigned);
        if (act.Kind == ActKind.TakeBack ? before.IsNobody : !isUnassigned)
        {
            return act.Kind == ActKind.TakeBack ? ActOutcome.Unassigned : ActOutcome.NotUnassigned;
        }

        if (before.IsRoom && act.Patient is not null)
        {
            return ActOutcome.NotUnassigned;
        }

        if (held.Reading.IsTakenBack || act.Patient == before)
        {
            return held.Reading.IsTakenBack ? ActOutcome.TakenBackBefore : ActOutcome.SamePerson;
        }

        if (_held.Values.Any(other => other.Reading.Patient == before && other.Reading.Identity == held.Reading.Measurement))
        {
            return ActOutcome.ContextOfMeasurement;
        }

        List<Held> group =
        [
            held, .. _held.Values.Where(other => other.Reading.Measurement == held.Reading.Identity && other.Reading.Patient == before && !other.Reading.IsTakenBack),
        ];
        long? given = null;
        foreach (Held one in group)
        {
            switch (act.Kind)
            {
                case ActKind.Assign:
                    AcquiredReading owned = one.Reading with { Patient = act.Patient! };
                    owned = owned with { IdentifierTaken = TakesIdentifier(owned) };
                    _held[one.Id] = one with { Reading = owned, States = decide(owned).ToDictionary(d => d.Recipient, d => new Progress(d.State, null)) };
                    break;
                case ActKind.Discard:
                    Change(one, _ => new Progress(DeliveryState.Discarded, act.Reason));
                    break;
                default:
                    long? number = Give(one, held, act.Patient, decide);
                    given ??= number;
                    break;
            }
        }

        foreach (Held one in act.Kind == ActKind.TakeBack ? group : [])
        {
            _takenBack++;
            Change(one with { Reading = one.Reading with { IsTakenBack = true } }, TakeBack);
        }

        _acts.Add(new RecordedAct(act, before, given));
        return ActOutcome.Done;
    }

    private long? Give(Held one, Held first, PatientReference? other, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide)
    {
        if (other is null)
        {
            return null;
        }

        AcquiredReading given = one.Reading.For(other, one == first ? null : first.Reading.Identity.For(other));
        return Append(new NewReading(given, decide(given)), fits: true) == AppendOutcome.Stored ? _lastId : null;
    }

    private static Progress TakeBack(Progress was) => was.State switch
    {
        DeliveryState.Buffered when !was.WasSent => new Progress(DeliveryState.Local, null),
        DeliveryState.Buffered or DeliveryState.Receipted => was with { State = DeliveryState.Buffered, SettledAt = null, TakeBack = 1 },
        DeliveryState.Sent => was with { TakeBack = 1 },
        DeliveryState.Withheld => was.WasSent ? was with { TakeBack = 1 } : new Progress(DeliveryState.Local, null),
        DeliveryState.Rejected => was with { State = DeliveryState.Local, Reason = null, SettledAt = null, TakeBack = 1 },
        _ => was,
    };

    private void Change(Held held, Func<Progress, Progress> change)
    {
        foreach (Recipient recipient in held.States.Keys.ToList())
        {
            held.States[recipient] = change(held.States[recipient]);
        }

        _held[held.Id] = held;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UnassignedReading> ReadUnassignedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<UnassignedReading> readings;
        lock (_gate)
        {
            readings =
            [
                .. from held in _held.Values
                   where held.States.Values.Any(progress => progress.State == DeliveryState.Unassigned)
                   select new UnassignedReading(held.ToBuffered(), held.States.Values.First().Reason!),
            ];
        }

        foreach (UnassignedReading reading in readings)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return await ValueTask.FromResult(reading);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UnassignedReading> ReadUnassignedOfAsync(string deviceAddress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (UnassignedReading reading in ReadUnassignedAsync(cancellation))
        {
            if (reading.Reading.Record.Device.Address == deviceAddress)
            {
                yield return reading;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedAct> ReadActsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (RecordedAct act in _acts.ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return await ValueTask.FromResult(act);
        }
    }

    /// <inheritdoc/>
    public Task<int> ForgetDeviceAsync(string address, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _forgotten.Add(address);
            HashSet<RecordIdentity> held = [.. _held.Values.Select(one => one.Reading.Identity)];
            RecordIdentity[] gone = [.. _seen.Where(known => known.Value == address && !held.Contains(known.Key)).Select(known => known.Key)];
            return Task.FromResult(gone.Count(_seen.Remove));
        }
    }
}
