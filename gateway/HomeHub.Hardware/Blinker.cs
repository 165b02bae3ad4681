namespace HomeHub.Hardware;

/// <summary>Blinks what can only be on or off, by a timer; costs nothing while it doesn't. Safe for several threads.</summary>
/// <param name="time">The clock.</param>
/// <param name="set">Sets it; false where that fails.</param>
internal sealed class Blinker(TimeProvider time, Func<bool, bool> set) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isOn;

    /// <summary>On, or off.</summary>
    public bool Hold(bool isOn)
    {
        lock (_gate)
        {
            Stop();
            return set(isOn);
        }
    }

    /// <summary>On and off, from on, each for as long.</summary>
    public bool Blink(TimeSpan half)
    {
        lock (_gate)
        {
            Stop();
            _isOn = true;
            _timer = time.CreateTimer(_ => Turn(), null, half, half);
            return set(true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Stop();
        }
    }

    private void Turn()
    {
        lock (_gate)
        {
            // One that was under way when it was stopped does nothing.
            if (_timer is not null)
            {
                _isOn = !_isOn;
                set(_isOn);
            }
        }
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
