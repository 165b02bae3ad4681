namespace HomeHub.Core.Buffering;

/// <summary>What was erased of a person.</summary>
/// <param name="Erased">Readings that are gone.</param>
/// <param name="Left">Readings that are still here, because they are on their way.</param>
/// <param name="Payloads">Payloads in quarantine that are gone.</param>
public readonly record struct ErasedReadings(long Erased, long Left, long Payloads);
