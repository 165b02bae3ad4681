using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Store;

/// <summary>A resource that a key led to.</summary>
/// <param name="Seq">Its row.</param>
/// <param name="Uuid">Its uuid, which is its id.</param>
/// <param name="Kind">Its kind.</param>
internal readonly record struct KeyMatch(long Seq, ResourceKey Uuid, ResourceKind Kind);
