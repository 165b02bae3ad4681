namespace HomeHub.Core.Acquisition;

/// <summary>What a source gives: a payload, or a capture line that could not be read.</summary>
/// <param name="Payload">The payload; null when the line could not be read.</param>
/// <param name="Error">What is wrong with the line; null when it could be read.</param>
/// <param name="Line">Number of the line in the capture, from 1; 0 for sources without lines.</param>
public readonly record struct SourceItem(DevicePayload? Payload, CaptureError? Error, int Line)
{
    /// <summary>Called once everything that the payload gave is on disk; null where nobody waits for it. Returns at once.</summary>
    public Action? Committed { get; init; }
}
