using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Core.Climate;

/// <summary>What a sensor of the room told at a moment, or why it told nothing.</summary>
/// <param name="Condition"><see cref="RoomCondition.Ready"/> with numbers; else why there are none.</param>
/// <param name="Sensor">Name of the sensor's kind, as the kernel has it: <c>bme280</c>; null where none is there.</param>
/// <param name="Numbers">What the kernel printed.</param>
public sealed record RoomReadout(RoomCondition Condition, string? Sensor, IReadOnlyList<(RoomAttribute Attribute, string Text)> Numbers)
{
    /// <summary>Nothing, for a reason.</summary>
    public static RoomReadout Without(RoomCondition why, string? sensor = null) => new(why, sensor, []);
}
