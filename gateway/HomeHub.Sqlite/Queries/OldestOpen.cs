using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>When the oldest reading was received that is buffered or sent. By any connection: one sees what is committed, the writer's sees what is held too.</summary>
internal sealed class OldestOpen
{
    private readonly Connection _connection;
    private readonly Statement _oldest;
    private readonly Statement _received;

    /// <summary>Prepares.</summary>
    public OldestOpen(Connection connection)
    {
        _connection = connection;
        _oldest = connection.Prepare(
            $"SELECT min(reading) FROM delivery INDEXED BY delivery_open WHERE recipient = ?1 AND state = ?2 AND patient = ?3 AND {Schema.OpenOnly}");
        _received = connection.Prepare("SELECT received, received_offset FROM reading WHERE id = ?1");
    }

    /// <summary>Looks; null where there is none.</summary>
    public DateTimeOffset? Find()
    {
        long? oldest = null;
        using Statement pairs = _connection.Prepare("SELECT recipient.id, patient.id FROM recipient, patient");
        while (pairs.Step())
        {
            foreach (DeliveryState state in new[] { DeliveryState.Buffered, DeliveryState.Sent })
            {
                long? id = _oldest.Bind(1, pairs.Int64(0)).Bind(2, (long)state).Bind(3, pairs.Int64(1)).Number();
                oldest = id < (oldest ?? long.MaxValue) ? id : oldest;
            }
        }

        if (oldest is not { } found)
        {
            return null;
        }

        DateTimeOffset? received = _received.Bind(1, found).Step() ? ReadingRow.ReadTime(_received, 0) : null;
        _received.Reset();
        return received;
    }
}
