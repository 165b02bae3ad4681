using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;

namespace HomeHub.Core.Delivery;

/// <summary>What the hub tells about itself: counts of readings only.</summary>
/// <param name="Software">Version of the program.</param>
/// <param name="At">When.</param>
/// <param name="Buffered">Readings waiting.</param>
/// <param name="Sent">Readings sent and not receipted.</param>
/// <param name="Rejected">Readings refused.</param>
/// <param name="Quarantined">Payloads not understood.</param>
public sealed record UplinkStatus(string Software, DateTimeOffset At, long Buffered, long Sent, long Rejected, long Quarantined)
{
    /// <summary>Payloads that wait until the hub knows its time.</summary>
    public long Held { get; init; }

    /// <summary>Mark of the last entry of the audit log; null for an empty one.</summary>
    public string? Audit { get; init; }

    /// <summary>What the hub found of itself; null before it has looked.</summary>
    public CheckCodes? Checks { get; init; }

    /// <summary>Who is silent; null while the hub's clock is not known, which can't tell.</summary>
    public DeviceSilence? Silence { get; init; }
}
