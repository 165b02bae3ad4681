namespace HomeHub.Mosquitto;

/// <summary>A subscription that the client keeps in place over every connection.</summary>
internal sealed class Subscription(string filter, string? plainFilter, MosquittoQos qos)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Filter { get; } = filter;

    /// <summary>What to subscribe to where <see cref="Filter"/> is a shared subscription and the broker has none.</summary>
    public string? PlainFilter { get; } = plainFilter;

    public MosquittoQos Qos { get; } = qos;

    /// <summary>Whether the SUBACK of this connection came.</summary>
    public bool InPlace { get; set; }

    /// <summary>Whether the plain filter is in use on this connection.</summary>
    public bool Plain { get; set; }

    public Task First => _first.Task;

    public void Succeed()
    {
        InPlace = true;
        _first.TrySetResult();
    }

    public void Fail(MosquittoException error) => _first.TrySetException(error);
}
