namespace HomeHub.Core.Acquisition;

/// <summary>What one payload gave: readings, or a rejection, or neither (it told about the connection only).</summary>
/// <param name="Readings">The readings, in the order of the records.</param>
/// <param name="Rejected">The payload, when it was not understood.</param>
public readonly record struct SessionOutcome(AcquiredReading[] Readings, RejectedPayload? Rejected);
