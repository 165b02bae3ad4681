using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>What persons did, in real files: after a power cut, after damage, and for good.</summary>
public sealed class ActTests : IDisposable
{
    private static readonly DateTimeOffset Now = SampleReadings.Start.AddHours(5);

    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task Where_the_last_process_did_not_end_in_order_what_looks_unsent_may_have_been_sent()
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend()], default);
        }

        // A power cut takes back the lease that was not synced, and the end that was not reached.
        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            connection.Execute("UPDATE counter SET value = 0 WHERE name = 'clean-end'");
        }

        await using SqliteReadingBuffer opened = await _folder.OpenAsync();
        await opened.AppendAsync([SampleReadings.BloodPressure(2).ToSend()], default);
        Assert.Equal(ActOutcome.Done, await TakeBackAsync(opened, 1));
        Assert.Equal(ActOutcome.Done, await TakeBackAsync(opened, 2));
        BufferedReading leased = Assert.Single(await opened.LeaseAsync(Recipient.CareTeam, 10, Now, default));
        Assert.Equal((1L, true), (leased.Id, leased.Record.IsTakenBack));
    }

    [Fact]
    public async Task Acts_can_neither_be_changed_nor_removed()
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend()], default);
            await TakeBackAsync(buffer, 1);
        }

        using Connection connection = Connection.OpenWriter(_folder.Database);
        Assert.Throws<BufferException>(() => connection.Execute("DELETE FROM act"));
        Assert.Throws<BufferException>(() => connection.Execute("UPDATE act SET who = 'another'"));
        Assert.Equal(1, connection.Scalar("SELECT count(*) FROM act WHERE who = 'nurse 7'"));
    }

    [Fact]
    public async Task All_of_it_is_carried_over_from_a_damaged_file()
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend(), Nobodys(2), SampleReadings.BloodPressure(3).ToSend()], default);
            await buffer.LeaseAsync(Recipient.CareTeam, 1, Now, default);
            await TakeBackAsync(buffer, 1);
        }

        new BufferFiles(_folder.Path).MarkDamage(Now);
        await using SqliteReadingBuffer opened = await _folder.OpenAsync();
        Assert.Equal(3, opened.Recovery!.Readings);
        BufferCounts counts = await opened.CountAsync(default);
        Assert.Equal((1, 2), (counts.Unassigned, counts.Buffered));
        UnassignedReading nobodys = Assert.Single(await ToListAsync(opened.ReadUnassignedAsync(default)));
        Assert.Equal((2L, "unknown-user"), (nobodys.Reading.Id, nobodys.Reason));
        Assert.Equal("nurse 7", Assert.Single(await ToListAsync(opened.ReadActsAsync(default))).Act.Who);
        IReadOnlyList<BufferedReading> leased = await opened.LeaseAsync(Recipient.CareTeam, 10, Now, default);
        Assert.Equal([(1, true), (3, false)], leased.Select(one => (one.Id, one.Record.IsTakenBack)));
    }

    [Fact]
    public async Task What_has_left_the_hub_stays_known_when_a_damaged_file_is_carried_over()
    {
        NewReading gone = SampleReadings.BloodPressure(1).ToKeep();
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([gone, SampleReadings.BloodPressure(2).ToSend()], default);
            Assert.Equal(1, await buffer.PruneAsync(Now, default));
        }

        new BufferFiles(_folder.Path).MarkDamage(Now);
        await using SqliteReadingBuffer opened = await _folder.OpenAsync();
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Duplicate], await opened.AppendAsync([gone, SampleReadings.BloodPressure(2).ToSend()], default));
        Assert.Equal(1, await opened.ForgetDeviceAsync(SampleReadings.Monitor.Address, default));
    }

    [Fact]
    public async Task A_damaged_file_of_before_is_carried_over_too()
    {
        string sql = await File.ReadAllTextAsync(System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "buffer-version-1.sql"));
        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            connection.Execute(sql);
        }

        new BufferFiles(_folder.Path).MarkDamage(Now);
        await using SqliteReadingBuffer opened = await _folder.OpenAsync();
        Assert.Equal((3L, 0L), (opened.Recovery!.Readings, opened.Recovery.Unreadable));
        BufferCounts counts = await opened.CountAsync(default);
        Assert.Equal(3, counts.Buffered + counts.Sent + counts.Receipted + counts.Rejected + counts.Local);
    }

    public void Dispose() => _folder.Dispose();

    private static NewReading Nobodys(int number) => new(
        SampleReadings.BloodPressure(number) with { Patient = PatientReference.Nobody, Unassigned = UnassignedReason.UnknownUser },
        [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]);

    private static Task<ActOutcome> TakeBackAsync(SqliteReadingBuffer buffer, long reading) => buffer.ActAsync(
        new ReadingAct(Guid.NewGuid(), ActKind.TakeBack, reading, Now, "nurse 7", "guest", null), _ => [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)], default);

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (T item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
