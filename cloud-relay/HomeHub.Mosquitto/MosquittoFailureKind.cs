namespace HomeHub.Mosquitto;

/// <summary>Why there is no connection to the broker.</summary>
public enum MosquittoFailureKind
{
    /// <summary>Not connected yet, or the client is closed.</summary>
    NotConnected,

    /// <summary>No TCP connection: unknown name, refused, no route, or no answer in time.</summary>
    Unreachable,

    /// <summary>TLS failed: a certificate not accepted by either side, a wrong host name, or a file that can't be used.</summary>
    Tls,

    /// <summary>The broker refused the CONNECT (<see cref="MosquittoFailure.Code"/> is the CONNACK code): credentials, client id, not authorised …</summary>
    Refused,

    /// <summary>The broker does not speak the version of MQTT that was tried.</summary>
    ProtocolVersion,

    /// <summary>The connection broke, or the broker did not answer within the keep-alive time.</summary>
    ConnectionLost,

    /// <summary>The broker ended the connection by DISCONNECT (<see cref="MosquittoFailure.Code"/> is its reason code): shutting down, session taken over …</summary>
    ClosedByBroker,

    /// <summary>The broker refused a subscription that the client had asked for.</summary>
    SubscriptionRefused,

    /// <summary>Messages came faster than they were taken, past every limit; the client closed the connection to keep its memory bounded.</summary>
    ReceiverTooSlow,
}
