namespace HomeHub.Core.Liveness;

/// <summary>
/// Whether one loop of the hub goes on: it beats at each turn, says why it can't do its work, or rests while there is nothing to do. A loop that began a turn and then says
/// nothing for longer than its limit has stalled. Safe for use from several threads.
/// </summary>
public sealed class LoopPulse : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<LoopPulse> _ended;
    private readonly Lock _gate = new();
    private long _last;
    private string? _excuse;
    private bool _isResting;

    internal LoopPulse(string name, TimeSpan limit, TimeProvider time, Action<LoopPulse> ended)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        (Name, Limit, _time, _ended, _last) = (name, limit, time, ended, time.GetTimestamp());
    }

    /// <summary>What the loop is called, in a word or two.</summary>
    public string Name { get; }

    /// <summary>Longest time without a word, unless it rests.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The loop has taken a turn.</summary>
    public void Beat() => Note(null, isResting: false);

    /// <summary>The loop waits until there is something to do, for as long as that takes; its next turn begins with <see cref="Beat"/>.</summary>
    public void Rest() => Note(null, isResting: true);

    /// <summary>The loop lives and can't do its work, for a reason that is known.</summary>
    /// <param name="why">The reason, in words without names, values or keys.</param>
    public void Excuse(string why)
    {
        ArgumentException.ThrowIfNullOrEmpty(why);
        Note(why, isResting: false);
    }

    /// <summary>How it stands.</summary>
    public LoopState Look()
    {
        lock (_gate)
        {
            return new LoopState(Name, _isResting ? TimeSpan.Zero : _time.GetElapsedTime(_last), Limit, _excuse);
        }
    }

    /// <summary>The loop has ended as it should: it is not looked at any more.</summary>
    public void Dispose() => _ended(this);

    private void Note(string? excuse, bool isResting)
    {
        lock (_gate)
        {
            (_last, _excuse, _isResting) = (_time.GetTimestamp(), excuse, isResting);
        }
    }
}
