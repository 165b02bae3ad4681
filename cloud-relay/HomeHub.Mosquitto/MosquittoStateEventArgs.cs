namespace HomeHub.Mosquitto;

/// <summary>A change of a client's state.</summary>
public sealed class MosquittoStateEventArgs : EventArgs
{
    internal MosquittoStateEventArgs(MosquittoState state, MosquittoProtocol protocol)
    {
        State = state;
        Protocol = protocol;
    }

    /// <summary>The new state.</summary>
    public MosquittoState State { get; }

    /// <summary>The version of MQTT that is spoken or will be tried next.</summary>
    public MosquittoProtocol Protocol { get; }

    /// <summary>Connected: whether the broker still had the session (subscriptions, and messages that waited).</summary>
    public bool SessionPresent { get; init; }

    /// <summary>Waiting and closed: why the connection ended; null after an orderly end.</summary>
    public MosquittoFailure? Failure { get; init; }

    /// <summary>Waiting: how long until the next try.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Waiting: how many tries have failed since the last connection that held.</summary>
    public int FailedTries { get; init; }
}
