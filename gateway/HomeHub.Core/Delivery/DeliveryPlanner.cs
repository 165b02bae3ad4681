using HomeHub.Core.Buffering;

namespace HomeHub.Core.Delivery;

/// <summary>
/// What to send next and what a receipt means, for one recipient. Synchronous, takes <c>now</c>, does no I/O; the driver owns timers and
/// ports. What is under way is bounded by <see cref="DeliveryOptions.MaxInFlightBundles"/>.
/// </summary>
public sealed class DeliveryPlanner(DeliveryOptions options)
{
    private readonly Dictionary<Guid, InFlightBundle> _inFlight = [];
    private readonly List<DeliveryGroup> _groups = [];

    /// <summary>True when another Bundle may go under way.</summary>
    public bool HasRoom => _inFlight.Count < options.MaxInFlightBundles;

    /// <summary>True when nothing is under way or waits to be sent in parts.</summary>
    public bool IsIdle => _inFlight.Count == 0 && _groups.Count == 0;

    /// <summary>When something is due next; null when nothing is.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (InFlightBundle bundle in _inFlight.Values)
            {
                next = next is null || bundle.DueAt < next ? bundle.DueAt : next;
            }

            foreach (DeliveryGroup group in HasRoom ? _groups : [])
            {
                next = next is null || group.NotBefore < next ? group.NotBefore : next;
            }

            return next;
        }
    }

    /// <summary>
    /// Takes away what holds a reading that may not be sent any more: Bundles under way, which are not repeated, and readings in line; and all that tells of
    /// people's consent, which something newer takes the place of.
    /// </summary>
    /// <param name="permits">Whether a reading may go.</param>
    /// <returns>Every reading of what was taken away.</returns>
    public IReadOnlyList<BufferedReading> Withdraw(Func<BufferedReading, bool> permits)
    {
        List<BufferedReading> taken = [];
        foreach (InFlightBundle bundle in _inFlight.Values.Where(bundle => bundle.Consent is not null || !bundle.Group.Readings.All(permits)).ToList())
        {
            _inFlight.Remove(bundle.Encoded.Id);
            bundle.Withdraw();
            taken.AddRange(bundle.Group.Readings);
        }

        foreach (DeliveryGroup group in _groups.Where(group => !group.Readings.All(permits)).ToList())
        {
            _groups.Remove(group);
            taken.AddRange(group.Readings);
        }

        return taken;
    }

    /// <summary>Puts readings in line to be sent as one Bundle.</summary>
    public void Enqueue(DeliveryGroup group) => _groups.Add(group);

    /// <summary>Takes the next group that may be sent; null when there is none or no room.</summary>
    public DeliveryGroup? TakeGroup(DateTimeOffset now)
    {
        int index = HasRoom ? _groups.FindIndex(group => group.NotBefore <= now) : -1;
        if (index < 0)
        {
            return null;
        }

        DeliveryGroup group = _groups[index];
        _groups.RemoveAt(index);
        return group;
    }

    /// <summary>
    /// Puts a Bundle under way; false when one with the same id is under way already (its readings are, too).
    /// </summary>
    public bool Start(InFlightBundle bundle, DateTimeOffset now)
    {
        bundle.DueAt = now;
        return _inFlight.TryAdd(bundle.Encoded.Id, bundle);
    }

    /// <summary>The Bundles that are due to be published: new ones, and those whose receipt did not come in time.</summary>
    public IReadOnlyList<InFlightBundle> Due(DateTimeOffset now)
    {
        List<InFlightBundle>? due = null;
        foreach (InFlightBundle bundle in _inFlight.Values)
        {
            if (bundle.DueAt <= now)
            {
                (due ??= []).Add(bundle);
            }
        }

        return due ?? (IReadOnlyList<InFlightBundle>)[];
    }

    /// <summary>Notes that a Bundle is being published.</summary>
    /// <returns>True when it was published before.</returns>
    public bool NotePublished(InFlightBundle bundle, DateTimeOffset now)
    {
        bundle.DueAt = now + options.ResendAfter;
        return bundle.Publications++ > 0;
    }

    /// <summary>Notes that a publication failed: due again after a moment, or as soon as the broker is back.</summary>
    public void NotePublishFailed(InFlightBundle bundle, DateTimeOffset now)
    {
        if (_inFlight.ContainsKey(bundle.Encoded.Id))
        {
            bundle.DueAt = now + options.RetryAfterFailure;
        }
    }

    /// <summary>
    /// True when a receipt says committed and does not name each entry of its Bundle. A Bundle is stored whole or not at all, so whoever wrote
    /// that has not stored it: the Bundle stays under way and is sent again.
    /// </summary>
    public bool IsIncomplete(DeliveryReceipt receipt)
    {
        if (!receipt.IsCommitted || !_inFlight.TryGetValue(receipt.BundleId, out InFlightBundle? bundle))
        {
            return false;
        }

        var accepted = new HashSet<Guid>(receipt.Accepted);
        return !bundle.Encoded.Entries.All(entry => accepted.Contains(entry.Id));
    }

    /// <summary>
    /// Works a receipt in; null when its Bundle is not under way (settled already, or sent by an earlier process), or when the receipt
    /// is incomplete.
    /// </summary>
    public Settlement? Settle(DeliveryReceipt receipt, DateTimeOffset now)
    {
        if (IsIncomplete(receipt) || !_inFlight.Remove(receipt.BundleId, out InFlightBundle? bundle))
        {
            return null;
        }

        return bundle.Consent is not null ? new Settlement([], [], [], ForgetDevices: false) { Told = bundle.Consent, IsToldRefused = !receipt.IsCommitted }
            : receipt.IsCommitted ? new Settlement(bundle.Group.Readings, [], bundle.Devices, ForgetDevices: false)
            : Refuse(bundle, receipt, now);
    }

    private Settlement Refuse(InFlightBundle bundle, DeliveryReceipt receipt, DateTimeOffset now)
    {
        DeliveryGroup group = bundle.Group;
        string reason = receipt.Reason!;
        if (reason == RefusalReasons.UnknownReference && group.ReferenceTries < options.MaxReferenceTries)
        {
            // The first time the Devices were missing most likely; later it is a Bundle that has not arrived yet, which takes its time.
            DateTimeOffset notBefore = group.WithDevices ? now + options.ResendAfter : now;
            Enqueue(group with { WithDevices = true, ReferenceTries = group.ReferenceTries + 1, NotBefore = notBefore });
            return new Settlement([], [], [], ForgetDevices: true);
        }

        if (reason is RefusalReasons.NotEnrolled or RefusalReasons.MixedPatients || group.Readings.Count == 1)
        {
            string final = receipt.Refused is [var named] ? named.Reason : reason;
            return new Settlement([], [.. group.Readings.Select(reading => new RejectedReading(reading.Id, final))], [], ForgetDevices: false);
        }

        Split(bundle, receipt);
        return new Settlement([], [], [], ForgetDevices: false);
    }

    /// <summary>Readings that the relay names go each alone and the rest together; where it names none, or all, the halves.</summary>
    private void Split(InFlightBundle bundle, DeliveryReceipt receipt)
    {
        IReadOnlyList<BufferedReading> readings = bundle.Group.Readings;
        var refused = new HashSet<Guid>(receipt.Refused.Select(entry => entry.Entry));
        var named = new HashSet<int>();
        foreach (BundleEntry entry in bundle.Encoded.Entries)
        {
            if (entry.Reading >= 0 && refused.Contains(entry.Id))
            {
                named.Add(entry.Reading);
            }
        }

        if (named.Count == 0 || named.Count == readings.Count)
        {
            int half = readings.Count / 2;
            Enqueue(bundle.Group with { Readings = [.. readings.Take(half)] });
            Enqueue(bundle.Group with { Readings = [.. readings.Skip(half)] });
            return;
        }

        Enqueue(bundle.Group with { Readings = [.. readings.Where((_, index) => !named.Contains(index))] });
        foreach (int index in named.Order())
        {
            Enqueue(bundle.Group with { Readings = [readings[index]] });
        }
    }
}
