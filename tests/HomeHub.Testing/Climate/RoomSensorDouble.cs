using HomeHub.Core.Climate;

namespace HomeHub.Testing.Climate;

/// <summary>A double of the room's sensor: tells what a test says.</summary>
public sealed class RoomSensorDouble : IRoomSensor
{
    /// <summary>What it tells.</summary>
    public RoomReadout Tells { get; set; } = SampleRoom.Readout();

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <inheritdoc/>
    public Task<RoomReadout> ReadAsync(CancellationToken cancellation)
    {
        Asked++;
        return Task.FromResult(Tells);
    }
}
