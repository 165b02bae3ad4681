using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Testing.Buffering;

/// <summary>How readings are leased, receipted and rejected, each recipient for itself.</summary>
public sealed partial class InMemoryReadingBuffer
{
    /// <inheritdoc/>
    public long CountBuffered(Recipient recipient)
    {
        lock (_gate)
        {
            return Deliveries(DeliveryState.Buffered).LongCount(d => d.Recipient == recipient);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BufferedReading>> LeaseAsync(Recipient recipient, int maxReadings, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_gate)
        {
            List<Held> waiting = [.. Deliveries(DeliveryState.Buffered).Where(d => d.Recipient == recipient).Select(d => d.Held)];
            List<Held> leased = [.. waiting.Where(held => held.Reading.Patient == waiting[0].Reading.Patient).Take(maxReadings)];
            leased.ForEach(held => held.States[recipient] = new Progress(DeliveryState.Sent, null) { SentAt = now, TakeBack = held.Reading.IsTakenBack ? 2 : 0 });
            return Task.FromResult<IReadOnlyList<BufferedReading>>([.. leased.Select(held => held.ToBuffered())]);
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Recipient recipient, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (Held held in ids.Select(Find).OfType<Held>().Where(held => held.StateOf(recipient) == DeliveryState.Sent))
            {
                held.States[recipient] = held.States[recipient].Back();
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task SettleAsync(
        Recipient recipient,
        IReadOnlyList<long> receipted,
        IReadOnlyList<RejectedReading> rejected,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (Held held in receipted.Select(Find).OfType<Held>())
            {
                bool isOfBefore = held.States.GetValueOrDefault(recipient).TakeBack == 1;
                if (held.StateOf(recipient) is DeliveryState.Buffered or DeliveryState.Sent or DeliveryState.Rejected
                    || (isOfBefore && held.StateOf(recipient) == DeliveryState.Local))
                {
                    held.States[recipient] = held.States[recipient] with
                    {
                        State = isOfBefore ? DeliveryState.Buffered : DeliveryState.Receipted, Reason = null, SettledAt = isOfBefore ? null : now,
                    };
                    _lastReceipt = now;
                }
            }

            foreach (RejectedReading refusal in rejected)
            {
                if (Find(refusal.Id) is not { } held || held.StateOf(recipient) is not (DeliveryState.Buffered or DeliveryState.Sent))
                {
                    continue;
                }

                Progress was = held.States[recipient];
                held.States[recipient] = was switch
                {
                    { TakeBack: 1, State: DeliveryState.Sent } => was with { State = DeliveryState.Local },
                    { TakeBack: 1 } => was,
                    _ => was with { State = DeliveryState.Rejected, Reason = refusal.Reason, SettledAt = now },
                };
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsAllReceiptedAsync(string deviceAddress, ushort service, CancellationToken cancellation)
    {
        lock (_gate)
        {
            bool waits = _held.Values.Any(held => held.Reading.Service == service && held.Reading.Device.Address == deviceAddress && held.IsOpen);
            return Task.FromResult(!waits && !_quarantine.Any(payload => payload.Address == deviceAddress && payload.Service == service));
        }
    }

    /// <inheritdoc/>
    public void NoteSentAgain(int readings)
    {
        lock (_gate)
        {
            _sentAgain += readings;
        }
    }

    /// <inheritdoc/>
    public Task<int> RetryRejectedAsync(Recipient recipient, CancellationToken cancellation)
    {
        lock (_gate)
        {
            List<Held> rejected = [.. Deliveries(DeliveryState.Rejected).Where(d => d.Recipient == recipient).Select(d => d.Held)];
            rejected.ForEach(held => held.States[recipient] = held.States[recipient].Back());
            return Task.FromResult(rejected.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> GetKnownDeviceAsync(Recipient recipient, Guid device, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_known.GetValueOrDefault((recipient, device)));
        }
    }

    /// <inheritdoc/>
    public Task SetKnownDeviceAsync(Recipient recipient, Guid device, string? contentHash, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (contentHash is null)
            {
                _known.Remove((recipient, device));
            }
            else
            {
                _known[(recipient, device)] = contentHash;
            }

            return Task.CompletedTask;
        }
    }
}
