using System.Device.Gpio;

namespace HomeHub.Hardware.Gpio;

/// <summary>An edge with the time at which the kernel saw it.</summary>
/// <param name="kind">Rising or falling.</param>
/// <param name="pin">The line.</param>
/// <param name="at">When, by the monotonic clock.</param>
internal sealed class StampedPinEventArgs(PinEventTypes kind, int pin, TimeSpan at) : PinValueChangedEventArgs(kind, pin)
{
    public TimeSpan At => at;
}
