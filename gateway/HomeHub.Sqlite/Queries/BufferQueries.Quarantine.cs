using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>What was not understood, or could not be placed in time.</summary>
internal sealed partial class BufferQueries
{
    private const string TimeUnknown = "time-unknown";

    /// <summary>What may be told of the payloads in quarantine, oldest first.</summary>
    public async IAsyncEnumerable<QuarantinedPayload> ReadQuarantineAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const string select =
            """
            SELECT id, received, received_offset, code, characteristic, field, position, boot, uptime, clock_device, clock_uptime
            FROM quarantine WHERE id > ?1 ORDER BY id LIMIT ?2
            """;
        await foreach ((_, QuarantinedPayload payload) in ReadPagesAsync(select, row => (Id: row.Int64(0), Payload: ReadQuarantined(row)), one => one.Id, cancellation)
            .ConfigureAwait(false))
        {
            yield return payload;
        }
    }

    private static QuarantinedPayload ReadQuarantined(Statement row)
    {
        string code = row.Text(3)!;
        UnplacedTime? unplaced = row.IsNull(7)
            ? null
            : new UnplacedTime(
                new BootMoment(row.Text(7)!, TimeSpan.FromTicks(row.Int64(8))),
                row.IsNull(9) ? null : PackedStamp.Unpack(row.Int64(9)),
                row.IsNull(10) ? null : TimeSpan.FromTicks(row.Int64(10)));

        // What the hub's clock showed then is no time of reception.
        DateTimeOffset? receivedAt = unplaced is null && code != TimeUnknown ? ReadingRow.ReadTime(row, 1) : null;
        return new QuarantinedPayload(code, UuidColumn.TryRead(row, 4) ?? default(BluetoothUuid), row.Text(5)!, row.Int32(6), receivedAt, unplaced);
    }
}
