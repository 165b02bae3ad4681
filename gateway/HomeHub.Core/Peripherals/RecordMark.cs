using HomeHub.Profiles;

namespace HomeHub.Core.Peripherals;

/// <summary>
/// The stored record up to which everything is safe in the buffer. Number and identity together: after a battery change the numbers start
/// anew, and the same number is another record.
/// </summary>
/// <param name="Service">16-bit UUID of the service whose Record Access Control Point it belongs to.</param>
/// <param name="SequenceNumber">Its Sequence Number, 0 to 65535; of a CGM the Time Offset in minutes.</param>
/// <param name="OctetsHash">First eight bytes of the SHA-256 over what identifies it.</param>
public sealed record RecordMark(ushort Service, ushort SequenceNumber, ulong OctetsHash)
{
    /// <summary>Its User Facing Time, by which a device is asked that does not filter by number; null where it has none.</summary>
    public PhdTimestamp? Time { get; init; }
}
