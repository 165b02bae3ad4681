using System.Globalization;

namespace HomeHub.Gateway.Hub;

/// <summary>Temperature of the board, as the kernel tells it (Documentation/driver-api/thermal/sysfs-api.rst, <c>temp</c>: thousandths of a degree).</summary>
internal static class BoardTemperature
{
    /// <summary>Where the kernel tells of the first zone: the processor on the boards that a hub runs on.</summary>
    public const string File = "/sys/class/thermal/thermal_zone0/temp";

    /// <summary>The temperature in °C; null where the board tells none.</summary>
    public static decimal? Read(string file = File)
    {
        try
        {
            return int.TryParse(System.IO.File.ReadAllText(file).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int thousandths)
                ? Math.Round(thousandths / 1000m, 1)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A board without a sensor, or one that does not answer just now.
            return null;
        }
    }
}
