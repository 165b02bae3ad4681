namespace HomeHub.Core.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Readings">Readings (records) that were written.</param>
/// <param name="Observations">Observations (in CSV: rows) that they became.</param>
/// <param name="Undecodable">Readings whose values are left out because no decoder understands their octets any more; what was written says how many.</param>
public readonly record struct ExportResult(long Readings, long Observations, long Undecodable);
