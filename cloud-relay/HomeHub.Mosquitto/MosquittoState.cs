namespace HomeHub.Mosquitto;

/// <summary>Where a <see cref="MosquittoClient"/> stands.</summary>
public enum MosquittoState
{
    /// <summary>Made and not started, or closed.</summary>
    Closed,

    /// <summary>On its way: TCP, TLS, CONNECT and the subscriptions.</summary>
    Connecting,

    /// <summary>Connected, and every subscription is in place.</summary>
    Connected,

    /// <summary>Waiting before it tries again.</summary>
    Waiting,
}
