namespace HomeHub.Core.Delivery;

/// <summary>A Device that readings refer to.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="ContentHash">Digest of its content: when it changes, the Device is sent again.</param>
public readonly record struct DeviceEntry(Guid Id, string ContentHash);
