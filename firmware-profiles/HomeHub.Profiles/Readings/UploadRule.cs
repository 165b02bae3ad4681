namespace HomeHub.Profiles;

/// <summary>Whether a value is sent to the cloud. It is kept on the hub in any case.</summary>
public enum UploadRule : byte
{
    /// <summary>Sent.</summary>
    Always,

    /// <summary>Kept on the hub only: intermediate values, RR intervals, records that say nothing.</summary>
    Never,

    /// <summary>One of a continuous stream: one in each configured interval is sent.</summary>
    Throttled,

    /// <summary>Sent when it changed by a named step or once a day (battery level).</summary>
    OnChange,
}
