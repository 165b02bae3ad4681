using System.Device.Gpio;
using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;
using Microsoft.Extensions.Logging;

namespace HomeHub.Hardware.Gpio;

/// <summary>A button on a GPIO line, debounced by the kernel where the chip lets it.</summary>
internal sealed class GpioButton : IButton
{
    private readonly GpioController _controller;
    private readonly int _offset;

    /// <summary>Takes the line and begins to listen.</summary>
    /// <exception cref="PlaceException">It can't be had.</exception>
    public GpioButton(IKernel kernel, GpioLine line, BoardPlace place, ILogger logger)
    {
        (Place, _offset) = (place.ToString(), line.Offset);
        var driver = new CharacterDeviceDriver(kernel, line, place, ButtonGestures.Settle);
        driver.Lost += () => logger.LogWarning("The button {Place} went away", Place);
        _controller = new GpioController(driver);
        try
        {
            _controller.OpenPin(_offset, PinMode.Input);
            _controller.RegisterCallbackForPinValueChangedEvent(_offset, PinEventTypes.Rising | PinEventTypes.Falling, Tell);
        }
        catch
        {
            _controller.Dispose();
            throw;
        }

        IsDebounced = driver.IsDebounced;
    }

    public event Action<ButtonEdge>? Changed;

    public string Place { get; }

    /// <summary>Whether the kernel debounces it.</summary>
    public bool IsDebounced { get; }

    public void Dispose()
    {
        Changed = null;
        _controller.Dispose();
    }

    private void Tell(object sender, PinValueChangedEventArgs edge) => Changed?.Invoke(new ButtonEdge(edge.ChangeType == PinEventTypes.Rising, ((StampedPinEventArgs)edge).At));
}
