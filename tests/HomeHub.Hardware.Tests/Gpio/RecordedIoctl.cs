using HomeHub.Core.Board;
using HomeHub.Hardware.Gpio;

namespace HomeHub.Hardware.Tests.Gpio;

/// <summary>A recorded chip of eight lines.</summary>
internal static class RecordedIoctl
{
    public static readonly BoardPlace Place = BoardPlace.TryParse("gpio:/dev/gpiochip0:5")!;

    public static readonly GpioLine Line = new("/dev/gpiochip0", 5);

    public static RecordedKernel Chip(out RecordedLine line)
    {
        var kernel = new RecordedKernel();
        kernel.Chips[Line.Chip] = [.. Enumerable.Range(0, 8).Select(number => new RecordedLine($"line-{number}"))];
        line = kernel.Chips[Line.Chip][Line.Offset];
        return kernel;
    }
}
