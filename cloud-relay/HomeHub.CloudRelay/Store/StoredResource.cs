using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Store;

/// <summary>A version of a resource in the store: where it is and what it is called.</summary>
/// <param name="Seq">Its number, in the order of storing.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Uuid">Its id.</param>
/// <param name="Bundle">The Bundle that it came in.</param>
/// <param name="Offset">Where it begins in the Bundle's JSON, in bytes.</param>
/// <param name="Length">Its length, in bytes.</param>
/// <param name="Received">When it was stored.</param>
/// <param name="Version">Its version, from 1.</param>
internal sealed record StoredResource(
    long Seq, ResourceKind Kind, ResourceKey Uuid, long Bundle, int Offset, int Length, DateTimeOffset Received, int Version);
