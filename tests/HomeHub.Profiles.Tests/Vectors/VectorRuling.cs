namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>Where our rule differs from what a vector's source expects: what we do instead, and why.</summary>
/// <param name="Why">The reason, in words.</param>
/// <param name="Expected">Facts to hold instead (JSON), or null.</param>
/// <param name="Rejected">The code that rejects the payload instead, or null.</param>
internal sealed record VectorRuling(string Why, string? Expected = null, DecodeErrorCode? Rejected = null);
