namespace HomeHub.Hardware;

/// <summary>How the light's patterns look. A person tells them apart at a glance: some seconds against some blinks a second.</summary>
internal static class Rhythm
{
    /// <summary>Breathing: on for so long, off for so long.</summary>
    public static readonly TimeSpan SlowHalf = TimeSpan.FromSeconds(2);

    /// <summary>Fast: on for so long, off for so long: less than three flashes a second, which harm nobody (WCAG 2.2, 2.3.1).</summary>
    public static readonly TimeSpan FastHalf = TimeSpan.FromMilliseconds(170);
}
