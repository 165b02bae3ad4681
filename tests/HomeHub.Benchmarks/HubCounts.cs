namespace HomeHub.Benchmarks;

/// <summary>What <c>homehub status --json</c> counts, as far as benchmarks need it.</summary>
internal sealed record HubCounts(long Buffered, long Sent, long Receipted, long Local);
