using System.Device.Gpio;
using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Gpio;

/// <summary>A light on a GPIO line. Only on or off: it breathes by slow blinking, for which the hub wakes every two seconds.</summary>
internal sealed class GpioLight : IStatusLight
{
    private readonly GpioOutput _output;
    private readonly Blinker _blinker;
    private readonly Lock _gate = new();
    private LightPattern? _shown;
    private bool _isDisposed;

    /// <summary>Takes the line; it is dark.</summary>
    /// <exception cref="PlaceException">It can't be had.</exception>
    public GpioLight(IKernel kernel, GpioLine line, BoardPlace place, TimeProvider time)
    {
        Place = place.ToString();
        _output = new GpioOutput(kernel, line, place);
        _blinker = new Blinker(time, _output.Set);
    }

    public string Place { get; }

    public bool Show(LightPattern pattern)
    {
        lock (_gate)
        {
            if (_isDisposed || _shown == pattern)
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
                _output.Dispose();
            }
        }
    }
}
