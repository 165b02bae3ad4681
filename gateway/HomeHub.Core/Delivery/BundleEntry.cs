namespace HomeHub.Core.Delivery;

/// <summary>One entry of a Bundle.</summary>
/// <param name="Id">UUID of its fullUrl.</param>
/// <param name="Reading">Position of the reading it came from, or -1 for what readings share (Patient, Devices, Coincident Timestamps).</param>
public readonly record struct BundleEntry(Guid Id, int Reading);
