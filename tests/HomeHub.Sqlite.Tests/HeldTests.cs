using System.Diagnostics;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Sqlite.Tests;

/// <summary>What needs no sync and waits for a commit that is made anyway: who sees it when, and what comes of it where the commit never is.</summary>
public sealed class HeldTests : IDisposable
{
    private static readonly DateTimeOffset Now = SampleReadings.Start.AddHours(5);

    private readonly BufferFolder _folder = new();
    private readonly ManualTime _time = new(Now);

    [Fact]
    public async Task A_receipt_goes_to_the_disk_with_the_next_reading()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await ReceiptOneAsync(buffer, 1);
        Assert.Equal((0, 0, 1), States(await buffer.CountAsync(default)));
        Assert.Equal((1, 0, 0), States(await BesideAsync()));
        await buffer.AppendAsync([SampleReadings.BloodPressure(2).ToSend()], default);
        Assert.Equal((1, 0, 1), States(await BesideAsync()));
    }

    [Fact]
    public async Task Where_no_reading_comes_it_goes_after_a_time()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await ReceiptOneAsync(buffer, 1);
        _time.Advance(BufferWriter.HoldLimit - TimeSpan.FromSeconds(1));
        await buffer.ProbeAsync(default);
        Assert.Equal((1, 0, 0), States(await BesideAsync()));
        _time.Advance(TimeSpan.FromSeconds(1));
        await buffer.ProbeAsync(default);
        Assert.Equal((0, 0, 1), States(await BesideAsync()));
        Assert.Null(_time.UntilNext);
    }

    [Fact]
    public async Task It_goes_when_that_is_asked_for_and_when_the_hub_ends()
    {
        await using (SqliteReadingBuffer buffer = await OpenAsync())
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend()], default);
            await buffer.LeaseAsync(Recipient.CareTeam, 10, Now, default);
            await buffer.CommitAsync(default);
            Assert.Equal((0, 1, 0), States(await BesideAsync()));
            await buffer.SettleAsync(Recipient.CareTeam, [1], [], Now, default);
            await buffer.SetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, "hash", default);
            buffer.NoteSentAgain(3);
        }

        await using SqliteReadingBuffer next = await OpenAsync();
        BufferCounts counts = await next.CountAsync(default);
        Assert.Equal((0, 0, 1), States(counts));
        Assert.Equal(3, counts.SentAgain);
        Assert.Equal("hash", await next.GetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, default));
    }

    [Fact]
    public async Task Whoever_reads_in_the_same_process_sees_it_at_once()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await buffer.AppendAsync(SampleReadings.Many(1, 2), default);
        BufferedReading leased = Assert.Single(await buffer.LeaseAsync(Recipient.CareTeam, 1, Now, default));
        await buffer.SettleAsync(Recipient.CareTeam, [leased.Id], [], Now, default);

        // The count of each second has nothing committed; the look at a reading has.
        Assert.Equal(SampleReadings.BloodPressure(2).ReceivedAt, (await buffer.CountAsync(default)).OldestUnreceiptedAt);
        Assert.Equal((2, 0, 0), States(await BesideAsync()));
        Assert.Equal(DeliveryState.Receipted, Assert.Single((await buffer.FindAsync(leased.Id, default))!.Deliveries).State);
        Assert.Equal((1, 0, 1), States(await BesideAsync()));
    }

    [Fact]
    public async Task A_backlog_is_committed_as_it_is_sent()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await buffer.AppendAsync(SampleReadings.Many(0, 200), default);
        IReadOnlyList<BufferedReading> leased = await buffer.LeaseAsync(Recipient.CareTeam, 100, Now, default);
        Assert.Equal((100, 100, 0), States(await BesideAsync()));

        // One after another they are held, and no more than there may be.
        foreach (BufferedReading reading in leased)
        {
            await buffer.SettleAsync(Recipient.CareTeam, [reading.Id], [], Now, default);
        }

        Assert.InRange((await BesideAsync()).Sent, 1, BufferWriter.MaxHeldRows);
        Assert.Equal((100, 0, 100), States(await buffer.CountAsync(default)));
    }

    [Fact]
    public async Task What_fails_takes_back_nothing_but_itself()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend(), SampleReadings.BloodPressure(2).ToSend()], default);
        await buffer.LeaseAsync(Recipient.CareTeam, 1, Now, default);
        var give = new ReadingAct(Guid.NewGuid(), ActKind.TakeBack, 2, Now, "nurse 7", "wrong-person", SampleReadings.OtherPatient);
        await Assert.ThrowsAsync<InvalidOperationException>(() => buffer.ActAsync(give, _ => throw new InvalidOperationException("a fault"), default));
        Assert.Equal((1, 1, 0), States(await buffer.CountAsync(default)));
        Assert.Equal((2, 0, 0), States(await BesideAsync()));
        Assert.Equal(2, Assert.Single(await buffer.LeaseAsync(Recipient.CareTeam, 10, Now, default)).Id);
        await buffer.CommitAsync(default);
        Assert.Equal((0, 2, 0), States(await BesideAsync()));
        Assert.Equal(0, (await BesideAsync()).TakenBack);
    }

    [Fact]
    public async Task A_process_that_is_killed_has_what_it_held_sent_again_and_knows_that_it_may_have_been_sent()
    {
        using var killed = new BufferFolder();
        await using (SqliteReadingBuffer buffer = await OpenAsync())
        {
            await ReceiptOneAsync(buffer, 1);

            // Copied by another process: a file that this one opens and closes loses the locks that SQLite has on it.
            string[] files = [_folder.Database, _folder.Database + "-wal", Path.Combine(_folder.Path, "hub-identity"), killed.Path];
            using Process copy = Process.Start("cp", files);
            await copy.WaitForExitAsync();
        }

        await using SqliteReadingBuffer next = await killed.OpenAsync();
        Assert.Equal((1, 0, 0), States(await next.CountAsync(default)));
        await TakeBackAsync(next, 1);
        Assert.True(Assert.Single(await next.LeaseAsync(Recipient.CareTeam, 10, Now, default)).Record.IsTakenBack, "it is delivered as taken back");
    }

    [Fact]
    public async Task Damage_that_is_met_takes_back_what_is_held_and_the_next_start_mends()
    {
        await using (SqliteReadingBuffer filled = await OpenAsync())
        {
            await filled.AppendAsync(SampleReadings.Many(0, 30_000), default);
        }

        await using (SqliteReadingBuffer buffer = await OpenAsync())
        {
            await buffer.SetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, "hash", default);
            Assert.Equal("hash", await buffer.GetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, default));

            // More than is kept in memory. By another process: a file that this one opens and closes loses the locks that SQLite has on it.
            using Process damage = Process.Start("dd", ["if=/dev/urandom", $"of={_folder.Database}", "bs=1024", "seek=60", "count=3000", "conv=notrunc", "status=none"]);
            await damage.WaitForExitAsync();
            BufferException error = await Assert.ThrowsAsync<BufferException>(() => buffer.LeaseAsync(Recipient.CareTeam, 1_000, Now, default));
            Assert.Equal(BufferFault.Damaged, error.Fault);
            Assert.Null(await buffer.GetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, default));
            Assert.Equal(30_000, buffer.CountBuffered(Recipient.CareTeam));
            await Assert.ThrowsAsync<BufferException>(() => buffer.ProbeAsync(default));
        }

        await using SqliteReadingBuffer next = await OpenAsync();
        Assert.NotNull(next.Recovery);
        Assert.Equal([AppendOutcome.Stored], await next.AppendAsync([SampleReadings.BloodPressure(40_000).ToSend()], default));
    }

    [Fact]
    public async Task Nothing_is_left_of_what_is_erased_while_something_is_held()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend(), SampleReadings.BloodPressure(2, SampleReadings.OtherPatient).ToSend()], default);
        await buffer.LeaseAsync(Recipient.CareTeam, 1, Now, default);
        ErasedReadings erased = await buffer.EraseAsync(SampleReadings.Patient, withWaiting: true, default);
        Assert.Equal(1, erased.Erased);
        Assert.Equal(0, new FileInfo(_folder.Database + "-wal").Length);
    }

    [Fact]
    public async Task Many_callers_at_once_are_all_answered_and_counted()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            for (int n = 0; n < 25; n++)
            {
                await buffer.AppendAsync([SampleReadings.BloodPressure((caller * 100) + n).ToSend()], default);
                foreach (BufferedReading leased in await buffer.LeaseAsync(Recipient.CareTeam, 1, Now, default))
                {
                    await buffer.SettleAsync(Recipient.CareTeam, [leased.Id], [], Now, default);
                }

                _ = await buffer.CountHeldAsync(SampleReadings.Patient, default);
            }
        }));
        Assert.Equal((0, 0, 200), States(await buffer.CountAsync(default)));
        await buffer.CommitAsync(default);
        Assert.Equal((0, 0, 200), States(await BesideAsync()));
    }

    public void Dispose() => _folder.Dispose();

    private static (long Buffered, long Sent, long Receipted) States(BufferCounts counts) => (counts.Buffered, counts.Sent, counts.Receipted);

    private static async Task TakeBackAsync(SqliteReadingBuffer buffer, long reading) => Assert.Equal(
        ActOutcome.Done, await buffer.ActAsync(new ReadingAct(Guid.NewGuid(), ActKind.TakeBack, reading, Now, "nurse 7", "wrong-person", null), _ => [], default));

    private static async Task ReceiptOneAsync(SqliteReadingBuffer buffer, int number)
    {
        await buffer.AppendAsync([SampleReadings.BloodPressure(number).ToSend()], default);
        BufferedReading leased = Assert.Single(await buffer.LeaseAsync(Recipient.CareTeam, 10, Now, default));
        await buffer.SettleAsync(Recipient.CareTeam, [leased.Id], [], Now, default);
    }

    private Task<SqliteReadingBuffer> OpenAsync() => SqliteReadingBuffer.OpenAsync(_folder.Options, _time, _folder.Log);

    /// <summary>The counts as another process sees them.</summary>
    private async Task<BufferCounts> BesideAsync()
    {
        using SqliteBufferReader reader = SqliteBufferReader.Open(_folder.Path);
        return await reader.CountAsync(default);
    }
}
