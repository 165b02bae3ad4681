using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Gpio;

/// <summary>A light on a GPIO line.</summary>
internal static class GpioLight
{
    /// <summary>Takes the line; it is dark.</summary>
    /// <exception cref="PlaceException">It can't be had.</exception>
    public static SwitchedLight Open(IKernel kernel, GpioLine line, BoardPlace place, TimeProvider time)
    {
        var output = new GpioOutput(kernel, line, place);
        return new SwitchedLight(place, time, output.Set, output);
    }
}
