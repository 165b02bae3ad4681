using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Gpio;

/// <summary>A buzzer with a tone of its own on a GPIO line.</summary>
internal sealed class GpioBuzzer : IBuzzer
{
    private readonly GpioOutput _output;
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <summary>Takes the line; it is silent.</summary>
    /// <exception cref="PlaceException">It can't be had.</exception>
    public GpioBuzzer(IKernel kernel, GpioLine line, BoardPlace place) => (Place, _output) = (place.ToString(), new GpioOutput(kernel, line, place));

    public string Place { get; }

    public bool Sound(bool isOn)
    {
        lock (_gate)
        {
            return !_isDisposed && _output.Set(isOn);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _output.Set(false);
                _output.Dispose();
            }
        }
    }
}
