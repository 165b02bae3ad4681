namespace HomeHub.CloudRelay.Store;

/// <summary>The store in the data folder was written by a later version of the relay.</summary>
/// <param name="found">Version of the store.</param>
/// <param name="known">Version that this program knows.</param>
internal sealed class StoreVersionException(int found, int known)
    : Exception($"The store has version {found}; this relay knows versions up to {known}. Run the later relay, or another data folder.");
