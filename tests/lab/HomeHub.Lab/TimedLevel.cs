using System.Diagnostics;

namespace HomeHub.Lab;

/// <summary>Something that is on or off, with how long it was each. Safe for several threads.</summary>
internal sealed class TimedLevel
{
    private readonly Lock _gate = new();
    private readonly List<(bool WasOn, TimeSpan For)> _spans = [];
    private bool _isOn;
    private long _since = Stopwatch.GetTimestamp();

    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                return _isOn;
            }
        }
    }

    /// <summary>It is so from now on.</summary>
    public void Set(bool isOn)
    {
        lock (_gate)
        {
            if (isOn != _isOn)
            {
                _spans.Add((_isOn, Stopwatch.GetElapsedTime(_since)));
                (_isOn, _since) = (isOn, Stopwatch.GetTimestamp());
            }
        }
    }

    /// <summary>Begins anew with what is seen.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _spans.Clear();
            _since = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>What has ended since, in its order; the first one began before it was looked.</summary>
    public IReadOnlyList<(bool WasOn, TimeSpan For)> Spans
    {
        get
        {
            lock (_gate)
            {
                return [.. _spans.Skip(1)];
            }
        }
    }
}
