namespace HomeHub.Core.Delivery;

/// <summary>Why the broker is not reached.</summary>
public enum UplinkFault
{
    /// <summary>It was not tried yet.</summary>
    NotTried,

    /// <summary>Nobody has said where the broker is, or the hub sends nothing any more.</summary>
    NoBroker,

    /// <summary>No answer under its name and port: unknown name, refused, no route, no answer in time.</summary>
    Unreachable,

    /// <summary>One side did not accept the other's certificate, or a clock is wrong.</summary>
    Certificate,

    /// <summary>The broker does not let this hub in.</summary>
    Refused,

    /// <summary>What answers there is no broker that the hub can speak with.</summary>
    OtherProtocol,

    /// <summary>The connection broke, or the broker ended it; it is tried again.</summary>
    Lost,

    /// <summary>The broker does not let this hub have its receipts.</summary>
    NoReceipts,
}
