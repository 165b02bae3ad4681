using HomeHub.Core.Board;

namespace HomeHub.Testing.Board;

/// <summary>A double of the buzzer: remembers how long its tones were.</summary>
/// <param name="time">The clock.</param>
public sealed class InMemoryBuzzer(TimeProvider time) : IBuzzer
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _tones = [];
    private long? _since;
    private bool _isDisposed;

    /// <inheritdoc/>
    public string Place => "input:memory";

    /// <summary>Whether it sounds now.</summary>
    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                return _since is not null;
            }
        }
    }

    /// <summary>Length of each tone that has ended.</summary>
    public IReadOnlyList<TimeSpan> Tones
    {
        get
        {
            lock (_gate)
            {
                return [.. _tones];
            }
        }
    }

    /// <inheritdoc/>
    public bool Sound(bool isOn)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            if (isOn)
            {
                _since ??= time.GetTimestamp();
            }
            else if (_since is { } since)
            {
                _tones.Add(time.GetElapsedTime(since));
                _since = null;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sound(false);
        _isDisposed = true;
    }
}
