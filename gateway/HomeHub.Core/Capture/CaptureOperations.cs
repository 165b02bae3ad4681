namespace HomeHub.Core.Capture;

/// <summary>The names of <see cref="CaptureOperation"/> in capture lines.</summary>
internal static class CaptureOperations
{
    /// <summary>Name of an operation; null where there is none.</summary>
    public static string? ToWire(this CaptureOperation operation) => operation switch
    {
        CaptureOperation.Read => "read",
        CaptureOperation.Notified => "notified",
        CaptureOperation.Written => "written",
        CaptureOperation.Answered => "answered",
        _ => null,
    };

    /// <summary>Reads what <see cref="ToWire"/> wrote; false for anything else.</summary>
    public static bool TryRead(string? text, out CaptureOperation operation)
    {
        operation = text switch
        {
            "read" => CaptureOperation.Read,
            "notified" => CaptureOperation.Notified,
            "written" => CaptureOperation.Written,
            "answered" => CaptureOperation.Answered,
            _ => CaptureOperation.None,
        };
        return text is null || operation != CaptureOperation.None;
    }
}
