namespace HomeHub.Hardware;

/// <summary>How the light's patterns look. A person tells them apart at a glance: some seconds against some blinks a second.</summary>
internal static class Rhythm
{
    /// <summary>Breathing on a light that is only on or off: on for so long, off for so long.</summary>
    public static readonly TimeSpan SlowHalf = TimeSpan.FromSeconds(2);

    /// <summary>Breathing on a light that can be dimmed: so long from dark to bright, and back.</summary>
    public static readonly TimeSpan BreathHalf = TimeSpan.FromMilliseconds(1_800);

    /// <summary>Fast: on for so long, off for so long: less than three flashes a second, which harm nobody (WCAG 2.2, 2.3.1).</summary>
    public static readonly TimeSpan FastHalf = TimeSpan.FromMilliseconds(170);
}
