namespace HomeHub.Sqlite;

/// <summary>A payload as <c>held.db</c> keeps it: all that a connection tells of it, as JSON.</summary>
internal sealed record HeldRow
{
    public string? Session { get; init; }

    public string? Patient { get; init; }

    public required string Address { get; init; }

    public int AddressType { get; init; }

    public string[] Services { get; init; } = [];

    public bool HasWritableClock { get; init; }

    public required string Service { get; init; }

    public required string Characteristic { get; init; }

    public required byte[] Octets { get; init; }

    public bool IsMinute { get; init; }

    public bool IsToldAgain { get; init; }

    public long? MonotonicTicks { get; init; }

    public DateTimeOffset? PairedAt { get; init; }

    public bool IsRequested { get; init; }

    public HeldUsers? Users { get; init; }

    /// <summary>Who uses the device.</summary>
    internal sealed record HeldUsers(string? Owner, DateTimeOffset OwnerSince, HeldSlot[] Slots, DateTimeOffset? ToldAllAt);

    /// <summary>A user of the device.</summary>
    internal sealed record HeldSlot(byte Index, string Patient, DateTimeOffset AssignedAt);
}
