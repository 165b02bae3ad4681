namespace HomeHub.Core.Delivery;

/// <summary>What leaves the hub of continuous data.</summary>
public sealed record UploadOptions
{
    /// <summary>Of a continuous stream (heart rate, continuous oximetry) one reading in this time is sent; the others stay here.</summary>
    public TimeSpan StreamInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A level that changes slowly (battery) is sent when it changed by this many points …</summary>
    public decimal ChangePoints { get; init; } = 5m;

    /// <summary>… or when it was last sent this long ago.</summary>
    public TimeSpan ChangeInterval { get; init; } = TimeSpan.FromDays(1);
}
