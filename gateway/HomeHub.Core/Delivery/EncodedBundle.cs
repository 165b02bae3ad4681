namespace HomeHub.Core.Delivery;

/// <summary>What a Bundle holds.</summary>
/// <param name="Id">UUID of the Bundle, derived from its entries.</param>
/// <param name="Entries">Its entries, in order.</param>
/// <param name="Observations">How many of them are Observations.</param>
public sealed record EncodedBundle(Guid Id, IReadOnlyList<BundleEntry> Entries, int Observations);
