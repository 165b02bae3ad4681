using System.Text.Json.Serialization;

namespace HomeHub.Simulation.Devices;

/// <summary>
/// When a step is due. In a device file <c>hh:mm</c> is a time of day, the next after the step before, and <c>hh:mm:ss</c> is counted from the start.
/// </summary>
/// <param name="Value">Time of day, or time from the start.</param>
/// <param name="IsTimeOfDay">Which of the two.</param>
[JsonConverter(typeof(ScriptTimeConverter))]
public readonly record struct ScriptTime(TimeSpan Value, bool IsTimeOfDay)
{
    /// <summary>Longest time from the start.</summary>
    public static readonly TimeSpan MaxFromStart = TimeSpan.FromDays(30);

    /// <summary>Counted from the start.</summary>
    public static ScriptTime FromStart(TimeSpan value) => new(value, false);

    /// <summary>The next time that a clock on the wall shows this.</summary>
    public static ScriptTime Daily(TimeSpan timeOfDay) => new(timeOfDay, true);

    /// <summary>How long to wait.</summary>
    /// <param name="startedAt">When the device was started.</param>
    /// <param name="now">Now, with the offset of <paramref name="zone"/>.</param>
    /// <param name="zone">Where the clock on the wall hangs.</param>
    public TimeSpan WaitAt(DateTimeOffset startedAt, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!IsTimeOfDay)
        {
            return startedAt + Value - now;
        }

        DateTime next = DateTime.SpecifyKind(now.Date + Value, DateTimeKind.Unspecified);
        next = next > now.DateTime ? next : next.AddDays(1);
        return new DateTimeOffset(next, zone.GetUtcOffset(next)) - now;
    }
}
