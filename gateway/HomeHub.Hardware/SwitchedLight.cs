using HomeHub.Core.Board;

namespace HomeHub.Hardware;

/// <summary>
/// A light that the hub itself switches on and off, for which it wakes every two seconds while all is well. What the hub does not do the light does not do: one that hangs, or was killed, does not
/// go on saying that all is well.
/// </summary>
internal sealed class SwitchedLight : IStatusLight
{
    private readonly Blinker _blinker;
    private readonly IDisposable? _line;
    private readonly Lock _gate = new();
    private LightPattern? _shown = LightPattern.Off;
    private volatile bool _works = true;
    private bool _isDisposed;

    /// <summary>Takes a light that is dark.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="set">Switches it; false where that fails.</param>
    /// <param name="line">Let go of at the end, once it is dark; null where there is nothing to let go of.</param>
    public SwitchedLight(BoardPlace place, TimeProvider time, Func<bool, bool> set, IDisposable? line = null) =>
        (Place, _blinker, _line) = (place.ToString(), new Blinker(time, isOn => _works = set(isOn)), line);

    public string Place { get; }

    public bool Show(LightPattern pattern)
    {
        lock (_gate)
        {
            // One that went away between two blinks is begun anew, and whoever asks hears of it.
            if (_isDisposed || (_shown == pattern && _works))
            {
                return !_isDisposed;
            }

            bool isDone = pattern switch
            {
                LightPattern.Breathing => _blinker.Blink(Rhythm.SlowHalf),
                LightPattern.Fast => _blinker.Blink(Rhythm.FastHalf),
                _ => _blinker.Hold(pattern == LightPattern.Solid),
            };
            _shown = isDone ? pattern : null;
            return isDone;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _blinker.Hold(false);
                _blinker.Dispose();
                _line?.Dispose();
            }
        }
    }
}
