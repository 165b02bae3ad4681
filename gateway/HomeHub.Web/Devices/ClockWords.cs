using HomeHub.Core.Peripherals;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Devices;

/// <summary>What a device's clock showed when it was compared with the hub's, in words.</summary>
internal static class ClockWords
{
    /// <summary>Stamps have whole seconds, and a connection takes some.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>Whether it was right.</summary>
    public static bool IsRight(DeviceClockNote clock) => clock.Off is { } off && off.Duration() <= Tolerance;

    /// <summary>The words: right, by how much ahead or behind, or that it shows no time.</summary>
    public static string Of(DeviceClockNote clock, Language language) => clock.Off switch
    {
        null => language.Text("clock.no-time"),
        { } when IsRight(clock) => language.Text("clock.right"),
        { Ticks: > 0 } off => language.Text("clock.ahead", ("span", language.Span(off))),
        { } off => language.Text("clock.behind", ("span", language.Span(off.Duration()))),
    };
}
