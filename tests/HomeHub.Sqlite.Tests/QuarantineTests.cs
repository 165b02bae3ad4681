using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>Payloads whose time can't be known: no device has them any more, so none is dropped, and what their time can be worked out from stays with them.</summary>
public sealed class QuarantineTests : IDisposable
{
    private static readonly PhdTimestamp Shown = new(2026, 3, 14, 7, 44, 0);

    private readonly BufferFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task However_many_have_no_time_none_is_dropped_nor_drops_another(bool comesFirst)
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxQuarantinedPayloads = 10 });
        RejectedPayload[] unplaced = [.. Enumerable.Range(100, 30).Select(Unplaced)], others = [.. Enumerable.Range(0, 10).Select(number => SampleReadings.Rejected(number))];
        await buffer.QuarantineAsync(comesFirst ? unplaced : others, default);
        await buffer.QuarantineAsync(comesFirst ? others : unplaced, default);
        Assert.Equal(40, (await ListAsync()).Count);

        // Beyond the limit it is the others that go, the oldest first.
        await buffer.QuarantineAsync([SampleReadings.Rejected(10), Unplaced(200)], default);
        List<QuarantinedPayload> kept = await ListAsync();
        Assert.Equal((31, 10), (kept.Count(one => one.Unplaced is not null), kept.Count(one => one.Unplaced is null)));
        Assert.Equal(SampleReadings.Start.AddMinutes(1), kept.Where(one => one.Unplaced is null).Min(one => one.ReceivedAt));
        Assert.Equal(42, (await buffer.CountAsync(default)).Quarantined);
        Assert.Equal(0, await buffer.QuarantineAsync([Unplaced(100)], default));
    }

    [Fact]
    public async Task All_that_its_time_can_be_worked_out_from_stays_with_it()
    {
        var context = new SessionContext { CgmSessionStart = Shown };
        RejectedPayload whole = Unplaced(1) with { Context = context, Unplaced = new UnplacedTime(new BootMoment("boot-1", TimeSpan.FromMinutes(11)), Shown, TimeSpan.FromMinutes(10)) };
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.QuarantineAsync([whole, Unplaced(2), SampleReadings.Rejected(3)], default);
        }

        Assert.Equal([whole.Unplaced, Unplaced(2).Unplaced, null], (await ListAsync()).Select(one => one.Unplaced));
        Assert.Equal([null, null, SampleReadings.Start.AddMinutes(3)], (await ListAsync()).Select(one => one.ReceivedAt));
        using Connection connection = Connection.OpenReader(_folder.Database);
        using Statement row = connection.Prepare(
            "SELECT octets, context.text, boot, uptime, clock_device, clock_uptime FROM quarantine JOIN context ON context.id = context ORDER BY quarantine.id");
        Assert.True(row.Step());
        Assert.Equal(Convert.ToHexString(whole.Payload.Octets.Span), Convert.ToHexString(row.Blob(0)));
        Assert.Equal(context, JsonTexts.ReadContext(row.Text(1)!));
        Assert.Equal(
            ("boot-1", TimeSpan.FromMinutes(11).Ticks, PackedStamp.Pack(Shown), TimeSpan.FromMinutes(10).Ticks), (row.Text(2), row.Int64(3), row.Int64(4), row.Int64(5)));
    }

    [Fact]
    public async Task A_buffer_of_version_4_is_taken_over_and_what_had_no_time_stays_for_good()
    {
        RejectedPayload old = SampleReadings.Rejected(0) with { Error = new DecodeError(DecodeErrorCode.TimeUnknown, 0x2A35, "reception", 0) };
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.QuarantineAsync([old, SampleReadings.Rejected(1), SampleReadings.Rejected(2)], default);
        }

        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            connection.Execute("""
                DROP INDEX quarantine_droppable; DROP TABLE forgotten; DROP INDEX reading_time; DROP INDEX reading_device; ALTER TABLE hub DROP COLUMN space;
                ALTER TABLE quarantine DROP COLUMN context; ALTER TABLE quarantine DROP COLUMN boot; ALTER TABLE quarantine DROP COLUMN uptime;
                ALTER TABLE quarantine DROP COLUMN clock_device; ALTER TABLE quarantine DROP COLUMN clock_uptime;
                UPDATE counter SET value = 3 WHERE name = 'quarantine-held';
                PRAGMA user_version = 4;
                """);
        }

        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxQuarantinedPayloads = 2 }))
        {
            Assert.Null(buffer.Recovery);
            Assert.Equal(0, await buffer.QuarantineAsync([old], default));
            Assert.Equal(3, (await ListAsync()).Count);
            await buffer.QuarantineAsync([SampleReadings.Rejected(3)], default);
        }

        List<QuarantinedPayload> kept = await ListAsync();
        Assert.Equal([("time-unknown", null), ("truncated", SampleReadings.Start.AddMinutes(2)), ("truncated", SampleReadings.Start.AddMinutes(3))],
            kept.Select(one => (one.Code, one.ReceivedAt)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_a_damaged_buffer_they_are_carried_over_with_all_of_it(bool isOfVersion4)
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([.. SampleReadings.Many(0, 20)], default);
            await buffer.QuarantineAsync([Unplaced(1), SampleReadings.Rejected(2)], default);
        }

        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            if (isOfVersion4)
            {
                connection.Execute("""
                    DROP INDEX quarantine_droppable; DROP TABLE forgotten; DROP INDEX reading_time; DROP INDEX reading_device; ALTER TABLE hub DROP COLUMN space;
                    ALTER TABLE quarantine DROP COLUMN context; ALTER TABLE quarantine DROP COLUMN boot; ALTER TABLE quarantine DROP COLUMN uptime;
                    ALTER TABLE quarantine DROP COLUMN clock_device; ALTER TABLE quarantine DROP COLUMN clock_uptime;
                    """);
            }

            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        // The first page is gone: the header, and the list of tables with it, are made anew.
        await using (FileStream file = File.OpenWrite(_folder.Database))
        {
            await file.WriteAsync(new byte[64]);
        }

        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxQuarantinedPayloads = 1 }))
        {
            Assert.Equal(2, buffer.Recovery!.Quarantined);
            await buffer.QuarantineAsync([SampleReadings.Rejected(3)], default);
        }

        List<QuarantinedPayload> kept = await ListAsync();
        Assert.Equal(isOfVersion4 ? null : Unplaced(1).Unplaced, kept[0].Unplaced);
        Assert.Equal(["time-unknown", "truncated"], kept.Select(one => one.Code));
    }

    public void Dispose() => _folder.Dispose();

    private static RejectedPayload Unplaced(int number) => SampleReadings.Rejected(number) with
    {
        Error = new DecodeError(DecodeErrorCode.TimeUnknown, 0x2A35, "reception", 0),
        Unplaced = new UnplacedTime(new BootMoment("boot-1", TimeSpan.FromMinutes(number)), null, null),
    };

    private async Task<List<QuarantinedPayload>> ListAsync()
    {
        using SqliteBufferReader reader = SqliteBufferReader.Open(_folder.Path);
        List<QuarantinedPayload> all = [];
        await foreach (QuarantinedPayload one in reader.ReadQuarantineAsync(default))
        {
            all.Add(one);
        }

        return all;
    }
}
