namespace HomeHub.Core.Climate;

/// <summary>Port: the sensor of the room where the hub stands: temperature and relative humidity. Optional: a board may have none.</summary>
public interface IRoomSensor
{
    /// <summary>
    /// Asks it now. What it says is given as the kernel printed it, and not looked at; what goes wrong is a condition, never an exception. A sensor may come and go: each call looks for it anew.
    /// One call at a time.
    /// </summary>
    Task<RoomReadout> ReadAsync(CancellationToken cancellation);
}
