namespace HomeHub.Core.Climate;

/// <summary>How the room is, by what its sensor told last.</summary>
/// <param name="Condition">How it stands with the sensor.</param>
/// <param name="Celsius">Temperature in °C when it last told; null where it has none.</param>
/// <param name="Percent">Relative humidity in %, 0 to 100, when it last told; null where it has none.</param>
/// <param name="At">When it last told since the hub started; null: it did not.</param>
/// <param name="Faults">How often it could not be read, or told what can't be, since the hub started.</param>
public sealed record RoomNow(RoomCondition Condition, decimal? Celsius = null, decimal? Percent = null, DateTimeOffset? At = null, long Faults = 0)
{
    /// <summary>True where there is a sensor, in order or not.</summary>
    public bool HasSensor => Condition is RoomCondition.Ready or RoomCondition.Several or RoomCondition.NotThere or RoomCondition.Failed or RoomCondition.NotCredible || At is not null;
}
