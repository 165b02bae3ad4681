using HomeHub.Core.Acquisition;

namespace HomeHub.Core.Buffering;

/// <summary>A reading as it lies in the buffer.</summary>
/// <param name="Id">Number in the buffer, ascending in the order of arrival.</param>
/// <param name="Record">The reading.</param>
public sealed record BufferedReading(long Id, AcquiredReading Record);
