namespace HomeHub.Hardware.Gpio;

/// <summary>A line that was found.</summary>
/// <param name="Chip">The chip: <c>/dev/gpiochip0</c>.</param>
/// <param name="Offset">Its offset there.</param>
internal sealed record GpioLine(string Chip, int Offset);
