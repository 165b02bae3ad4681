using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Testing;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite.Tests;

/// <summary>What happens when something is used up: the size limit, the quarantine.</summary>
public sealed class LimitTests : IDisposable
{
    private static readonly DateTimeOffset Now = SampleReadings.Start.AddDays(1);

    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task A_full_buffer_refuses_and_loses_nothing()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxSizeMiB = 1 });
        int stored = await FillAsync(buffer, 0);
        Assert.InRange(stored, 1_000, 10_000);
        Assert.True((await buffer.CountAsync(CancellationToken.None)).IsFull);
        Assert.Equal([AppendOutcome.Duplicate], await buffer.AppendAsync(SampleReadings.Many(0, 1), CancellationToken.None));
        Assert.Equal(
            [AppendOutcome.Duplicate, AppendOutcome.Full], await buffer.AppendAsync(SampleReadings.Many(stored - 1, 2), CancellationToken.None));
        BufferCounts counts = await buffer.CountAsync(CancellationToken.None);
        Assert.Equal((stored, stored), (counts.Taken, counts.Buffered));
        Assert.InRange(new FileInfo(_folder.Database).Length, 1, 1024 * 1024);

        // Once, or twice where a single reading still fitted after ten had not.
        Assert.InRange(_folder.Log.Entries.Count(entry => entry.Level == LogLevel.Critical), 1, 2);
        Assert.DoesNotContain(_folder.Log.Entries, entry => entry.Text.Contains("Patient/", StringComparison.Ordinal));

        // Receipts make room; the oldest history goes for it, and no more than that.
        await ReceiptAsync(buffer, stored / 2);
        int more = await FillAsync(buffer, stored);
        Assert.InRange(more, stored / 8, stored);
        counts = await buffer.CountAsync(CancellationToken.None);
        Assert.Equal((stored + more, stored / 2), (counts.Taken, counts.Receipted));
        Assert.Equal(stored + more, counts.Buffered + counts.Receipted);
        Assert.Equal([AppendOutcome.Duplicate], await buffer.AppendAsync(SampleReadings.Many(0, 1), CancellationToken.None));
    }

    [Fact]
    public async Task A_buffer_goes_on_for_ever_while_receipts_come()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxSizeMiB = 1 });
        const int rounds = 40;
        const int each = 1_000;
        for (int round = 0; round < rounds; round++)
        {
            AppendOutcome[] outcomes = await buffer.AppendAsync(SampleReadings.Many(round * each, each), CancellationToken.None);
            Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Stored, outcome));
            await ReceiptAsync(buffer, each);
        }

        BufferCounts counts = await buffer.CountAsync(CancellationToken.None);
        Assert.Equal((rounds * each, rounds * each, false), (counts.Taken, counts.Receipted, counts.IsFull));

        // One commit of 1,000 readings makes the log large; the next one cuts it back.
        await buffer.AppendAsync(SampleReadings.Many(rounds * each, 1), CancellationToken.None);
        Assert.InRange((await buffer.CountAsync(CancellationToken.None)).SizeBytes, 1, 1024 * 1024);
    }

    /// <summary>With readings that stay, there is room for fewer marks than twice of what is never dropped.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task At_the_limit_the_device_that_told_most_is_forgotten_first_and_the_newest_of_each_stay_known(int nobodys)
    {
        const int each = 500, rounds = 60;
        NewReading[] meter = [.. SampleReadings.Many(1_000_000, 500, device: SampleReadings.Device(2)).Select(reading => reading.Reading.ToKeep())];
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxSizeMiB = 1 });
        await buffer.AppendAsync(meter, CancellationToken.None);
        await buffer.AppendAsync(
            [
                .. SampleReadings.Many(2_000_000, nobodys, PatientReference.Nobody).Select(reading => new NewReading(
                    reading.Reading with { Unassigned = UnassignedReason.UnknownUser }, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)])),
            ],
            CancellationToken.None);
        for (int round = 0; round < rounds; round++)
        {
            AppendOutcome[] outcomes = await buffer.AppendAsync(SampleReadings.Many(round * each, each), CancellationToken.None);
            Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Stored, outcome));
            await ReceiptAsync(buffer, each);
            if ((await buffer.CountAsync(CancellationToken.None)).NoLongerKnown > 0)
            {
                using Connection connection = Connection.OpenReader(_folder.Database);
                long bare = connection.Scalar(
                    "SELECT count(*) FROM seen WHERE reading > 500 AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.id = seen.reading)");
                Assert.InRange(bare, WriteSession.MinMarksOfDevice, rounds * each);
            }
        }

        BufferCounts counts = await buffer.CountAsync(CancellationToken.None);
        Assert.InRange(counts.NoLongerKnown, 1, (rounds * each) - WriteSession.MinMarksOfDevice);
        Assert.Equal((rounds * each) + meter.Length + nobodys, counts.Known + counts.NoLongerKnown);
        Assert.Contains(_folder.Log.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("no longer known", StringComparison.Ordinal));
        Assert.All(await buffer.AppendAsync(meter, CancellationToken.None), outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        foreach (NewReading[] newest in SampleReadings.Many((rounds * each) - WriteSession.MinMarksOfDevice, WriteSession.MinMarksOfDevice).Chunk(each))
        {
            Assert.All(await buffer.AppendAsync(newest, CancellationToken.None), outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        }

        using SqliteBufferReader reader = SqliteBufferReader.Open(_folder.Path);
        Assert.Equal((await buffer.CountAsync(CancellationToken.None)).NoLongerKnown, (await reader.CountAsync(CancellationToken.None)).NoLongerKnown);
    }

    [Fact]
    public async Task More_records_than_memory_keeps_are_still_known()
    {
        const int count = 20_000;
        NewReading[] all = SampleReadings.Many(0, count);
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync(all, CancellationToken.None);
            Assert.All(await buffer.AppendAsync(all[..100], CancellationToken.None), outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
            await buffer.AppendAsync([SampleReadings.BloodPressure(count).ToSend()], CancellationToken.None);
        }

        using (Connection connection = Connection.OpenReader(_folder.Database))
        {
            Assert.InRange(connection.Scalar("SELECT count(*) FROM seen"), count, count + 1);
            Assert.Equal(0, connection.Scalar("SELECT count(*) FROM pragma_foreign_key_check"));
        }

        await using SqliteReadingBuffer next = await _folder.OpenAsync();
        Assert.All(await next.AppendAsync(all, CancellationToken.None), outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        Assert.Equal(
            [AppendOutcome.Duplicate], await next.AppendAsync([SampleReadings.BloodPressure(count).ToSend()], CancellationToken.None));
        Assert.Equal(count + 1, (await next.CountAsync(CancellationToken.None)).Taken);
    }

    [Fact]
    public async Task Quarantine_drops_its_oldest_beyond_its_limit()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { MaxQuarantinedPayloads = 10 });
        for (int n = 0; n < 25; n++)
        {
            await buffer.QuarantineAsync([SampleReadings.Rejected(n)], CancellationToken.None);
        }

        Assert.Equal(25, (await buffer.CountAsync(CancellationToken.None)).Quarantined);
        Assert.Equal(0, await buffer.QuarantineAsync([SampleReadings.Rejected(15), SampleReadings.Rejected(24)], CancellationToken.None));
        Assert.Equal(1, await buffer.QuarantineAsync([SampleReadings.Rejected(14)], CancellationToken.None));
        Assert.Contains(_folder.Log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task What_can_not_be_stored_is_refused_alone()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        NewReading good = SampleReadings.BloodPressure(1).ToSend();
        await Assert.ThrowsAsync<ArgumentException>(() => buffer.AppendAsync([good with { Deliveries = [] }], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => buffer.AppendAsync(
            [good with { Deliveries = [new NewDelivery(Recipient.CareTeam, DeliveryState.Sent)] }], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => buffer.AppendAsync(
            [good with { Deliveries = [.. good.Deliveries, .. good.Deliveries] }], CancellationToken.None));
        Assert.Equal([AppendOutcome.Stored], await buffer.AppendAsync([good], CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => buffer.AppendAsync([good], new CancellationToken(canceled: true)));
    }

    private static async Task<int> FillAsync(SqliteReadingBuffer buffer, int first)
    {
        int stored = 0;
        while (true)
        {
            AppendOutcome[] outcomes = await buffer.AppendAsync(SampleReadings.Many(first + stored, 10), CancellationToken.None);
            Assert.Single(outcomes.Distinct());
            if (outcomes[0] == AppendOutcome.Full)
            {
                // All or none: the last ones singly, up to the brim.
                while ((await buffer.AppendAsync(SampleReadings.Many(first + stored, 1), CancellationToken.None))[0] == AppendOutcome.Stored)
                {
                    stored++;
                }

                return stored;
            }

            stored += outcomes.Length;
        }
    }

    private static async Task ReceiptAsync(SqliteReadingBuffer buffer, int count)
    {
        IReadOnlyList<BufferedReading> leased = await buffer.LeaseAsync(Recipient.CareTeam, count, Now, CancellationToken.None);
        Assert.Equal(count, leased.Count);
        await buffer.SettleAsync(Recipient.CareTeam, [.. leased.Select(reading => reading.Id)], [], Now, CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();
}
