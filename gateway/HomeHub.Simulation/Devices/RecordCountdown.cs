namespace HomeHub.Simulation.Devices;

/// <summary>Counts records of one connection down to the one after which something happens. Guarded by its owner.</summary>
internal sealed class RecordCountdown
{
    private int? _after;
    private int _sent;

    /// <summary>From now on; a countdown that runs is replaced.</summary>
    public void Arm(int after) => (_after, _sent) = (after, 0);

    /// <summary>A new connection: it starts again.</summary>
    public void Restart() => _sent = 0;

    /// <summary>A record was sent; true when it is the one, and then it is over.</summary>
    public bool Count()
    {
        if (_after is not { } after || ++_sent < after)
        {
            return false;
        }

        _after = null;
        return true;
    }
}
