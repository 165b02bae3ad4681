namespace HomeHub.Web.Safety;

/// <summary>How much one address of the home network may ask for, so that one guest's machine can't keep the hub from its work.</summary>
public sealed record PageLimits
{
    /// <summary>Requests of one address at once.</summary>
    public int BurstRequests { get; init; } = 120;

    /// <summary>Requests of one address a second, when its burst is used up.</summary>
    public int RequestsPerSecond { get; init; } = 10;

    /// <summary>Forms that one address may send in a minute.</summary>
    public int FormsPerMinute { get; init; } = 30;

    /// <summary>Live parts that one address may have open.</summary>
    public int LiveStreams { get; init; } = 6;

    /// <summary>Connections that one address may have at a time: a browser takes six.</summary>
    public int ConnectionsOfAddress { get; init; } = 40;

    /// <summary>Largest request, in bytes.</summary>
    public const int MaxRequestBytes = 16 * 1024;

    /// <summary>Largest archive of a history that is taken, in bytes.</summary>
    public const long MaxArchiveBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Requests that one connection may have under way (HTTP/2 streams), live parts included.</summary>
    public const int MaxStreamsOfConnection = 20;

    /// <summary>Most connections at a time, live parts included.</summary>
    public const int MaxConnections = 100;
}
