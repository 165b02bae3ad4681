using System.Device.Gpio;
using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Gpio;

/// <summary>A line that is switched on and off. When the process ends, however it ends, the kernel takes the line back.</summary>
internal sealed class GpioOutput : IDisposable
{
    private readonly GpioController _controller;
    private readonly GpioPin _pin;

    /// <summary>Takes the line; it is off.</summary>
    /// <exception cref="PlaceException">It can't be had.</exception>
    public GpioOutput(IKernel kernel, GpioLine line, BoardPlace place)
    {
        _controller = new GpioController(new CharacterDeviceDriver(kernel, line, place, TimeSpan.Zero));
        try
        {
            _pin = _controller.OpenPin(line.Offset, PinMode.Output, PinValue.Low);
        }
        catch
        {
            _controller.Dispose();
            throw;
        }
    }

    /// <summary>On or off; false where the line is gone.</summary>
    public bool Set(bool isOn)
    {
        try
        {
            _pin.Write(isOn ? PinValue.High : PinValue.Low);
            return true;
        }
        catch (PlaceException)
        {
            // Whoever asked tells of it.
            return false;
        }
    }

    public void Dispose() => _controller.Dispose();
}
