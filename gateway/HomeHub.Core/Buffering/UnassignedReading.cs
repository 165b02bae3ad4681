namespace HomeHub.Core.Buffering;

/// <summary>A reading that is nobody's.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Reason">Code of why it is nobody's.</param>
public sealed record UnassignedReading(BufferedReading Reading, string Reason);
