using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;

namespace HomeHub.Testing.Buffering;

/// <summary>What persons let a recipient have.</summary>
public sealed partial class InMemoryReadingBuffer
{
    /// <inheritdoc/>
    public Task<int> WithholdAsync(Recipient recipient, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        lock (_gate)
        {
            List<Held> going = [.. ids.Distinct().Select(Find).OfType<Held>().Where(held => held.StateOf(recipient) is DeliveryState.Buffered or DeliveryState.Sent)];
            going.ForEach(held => held.States[recipient] = held.States[recipient].Back() with { State = DeliveryState.Withheld });
            return Task.FromResult(going.Count);
        }
    }

    /// <inheritdoc/>
    public Task<int> ReviewAsync(Recipient recipient, Func<AcquiredReading, bool> permits, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_held.Values.Count(held => HasChanged(held, recipient, permits(held.Reading))));
        }
    }

    private static bool HasChanged(Held held, Recipient recipient, bool mayGo)
    {
        DeliveryState? state = held.StateOf(recipient);
        if (state is null)
        {
            bool stays = held.Reading.IsTakenBack
                || held.States.Values.Any(other => other.State is DeliveryState.Local or DeliveryState.Unassigned or DeliveryState.Discarded);
            if (!stays)
            {
                held.States[recipient] = new Progress(mayGo ? DeliveryState.Buffered : DeliveryState.Withheld, null);
            }

            return !stays;
        }

        DeliveryState next = mayGo ? DeliveryState.Buffered : DeliveryState.Withheld;
        if (state is not (DeliveryState.Buffered or DeliveryState.Withheld) || state == next)
        {
            return false;
        }

        held.States[recipient] = held.States[recipient] with { State = next };
        return true;
    }
}
