namespace HomeHub.Core.Capture;

/// <summary>How a value of a capture came about. What the hub wrote and what a control point said tell of the conversation and are no payloads to decode.</summary>
public enum CaptureOperation : byte
{
    /// <summary>Not said: a value that the device sent.</summary>
    None,

    /// <summary><c>read</c>: the hub read it.</summary>
    Read,

    /// <summary><c>notified</c>: a notification or an indication.</summary>
    Notified,

    /// <summary><c>written</c>: the hub wrote it.</summary>
    Written,

    /// <summary><c>answered</c>: what a control point indicated about what was asked of it.</summary>
    Answered,
}
