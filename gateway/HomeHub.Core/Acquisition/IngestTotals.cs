namespace HomeHub.Core.Acquisition;

/// <summary>What came out of a source.</summary>
/// <param name="Payloads">Payloads and lines that the source gave.</param>
/// <param name="Stored">Readings that are new.</param>
/// <param name="Local">Of these, readings that stay on the hub.</param>
/// <param name="Duplicates">Readings that were known.</param>
/// <param name="Quarantined">Payloads that were not understood and are new in quarantine.</param>
/// <param name="BadLines">Lines of a capture that could not be read at all.</param>
public readonly record struct IngestTotals(long Payloads, long Stored, long Local, long Duplicates, long Quarantined, long BadLines)
{
    /// <summary>Of those stored, readings that the person lets no recipient have.</summary>
    public long Withheld { get; init; }
}
