namespace HomeHub.Core.Liveness;

/// <summary>The loops that a hub must not be without, and how they stand. Safe for use from several threads.</summary>
public sealed class HubLiveness(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<LoopPulse> _pulses = [];

    /// <summary>A loop that is looked at until its pulse is disposed of. It counts as having beaten now.</summary>
    /// <param name="name">What it is called, in a word or two.</param>
    /// <param name="limit">Longest time without a word of it.</param>
    public LoopPulse Add(string name, TimeSpan limit)
    {
        var pulse = new LoopPulse(name, limit, time, Remove);
        lock (_gate)
        {
            _pulses.Add(pulse);
        }

        return pulse;
    }

    /// <summary>One that rests until its first turn, which may never come: a radio may hear nobody, a source have nothing.</summary>
    /// <param name="name">What it is called, in a word or two.</param>
    /// <param name="limit">Longest time without a word of it, once it has begun a turn.</param>
    public LoopPulse AddResting(string name, TimeSpan limit)
    {
        LoopPulse pulse = Add(name, limit);
        pulse.Rest();
        return pulse;
    }

    /// <summary>How all loops stand, in the order in which they were added.</summary>
    public IReadOnlyList<LoopState> Look()
    {
        lock (_gate)
        {
            return [.. _pulses.Select(pulse => pulse.Look())];
        }
    }

    private void Remove(LoopPulse pulse)
    {
        lock (_gate)
        {
            _pulses.Remove(pulse);
        }
    }
}
