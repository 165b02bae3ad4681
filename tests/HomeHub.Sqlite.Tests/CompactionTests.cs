using System.Diagnostics;
using HomeHub.Core.Buffering;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>Room that was freed goes back to the disk, while readings are taken.</summary>
public sealed class CompactionTests : IDisposable
{
    private const int Readings = 60_000, Each = 2_000;

    /// <summary>Longest that an append may take beside it, on a machine that others use too.</summary>
    private static readonly TimeSpan MaxAppend = TimeSpan.FromSeconds(2);

    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task A_buffer_gets_smaller_when_history_leaves_and_appends_go_on_beside_it()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        await FillAsync(buffer);
        long full = new FileInfo(_folder.Database).Length;
        using var stop = new CancellationTokenSource();
        Task<(int Count, TimeSpan Longest)> appending = AppendUntilAsync(buffer, stop.Token);
        int pruned = await buffer.PruneAsync(SampleReadings.Start.AddMinutes(Readings), default);
        await stop.CancelAsync();
        (int appended, TimeSpan longest) = await appending;
        Assert.Equal(Readings, pruned);
        Assert.True(appended > 0);
        Assert.True(longest < MaxAppend, $"{longest}");
        await Eventually.HoldsAsync(() => new FileInfo(_folder.Database).Length < full / 2, $"the file is smaller than half of {full} bytes");
        Assert.Equal(appended, (await buffer.CountAsync(default)).Buffered);
        Assert.Equal(appended, await CountAsync(buffer));
    }

    [Fact]
    public async Task Some_room_stays_for_what_comes_next()
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await FillAsync(buffer);
            await buffer.PruneAsync(SampleReadings.Start.AddMinutes(Readings), default);
        }

        using Connection connection = Connection.OpenReader(_folder.Database);
        Assert.InRange(connection.Scalar("PRAGMA freelist_count"), Compaction.KeptPages, Math.Max(Compaction.KeptPages, connection.Scalar("PRAGMA page_count") / 5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(150)]
    public async Task A_process_that_is_killed_in_the_middle_leaves_a_whole_buffer(int milliseconds)
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await FillAsync(buffer);
            await buffer.AppendAsync(SampleReadings.Many(Readings, 50), default);
        }

        using (var child = new ChildProcess("prune", _folder.Path, Readings))
        {
            Assert.Equal("open", await child.ReadLineAsync());
            Assert.Equal("pruned", await child.ReadLineAsync());
            await Task.Delay(milliseconds);
            child.Kill();
            await child.WaitAsync();
        }

        await using SqliteReadingBuffer again = await _folder.OpenAsync();
        Assert.Null(again.Recovery);
        Assert.Equal(50, await CountAsync(again));
        using Connection connection = Connection.OpenReader(_folder.Database);
        using Statement check = connection.Prepare("PRAGMA integrity_check");
        Assert.True(check.Step());
        Assert.Equal("ok", check.Text(0));
    }

    [Fact]
    public async Task A_small_file_of_an_older_program_is_written_anew_once_and_keeps_what_is_in_it()
    {
        string path = Path.Combine(_folder.Path, SqliteAuditLog.FileName);
        await (await SqliteAuditLog.OpenAsync(_folder.Path, default)).DisposeAsync();
        using (Connection old = Connection.OpenWriter(path))
        {
            old.Execute("PRAGMA auto_vacuum = NONE; VACUUM");
            old.Execute("CREATE TABLE kept (x); INSERT INTO kept VALUES (17)");
            Assert.Equal(0, old.Scalar("PRAGMA auto_vacuum"));
        }

        await (await SqliteAuditLog.OpenAsync(_folder.Path, default)).DisposeAsync();
        using Connection connection = Connection.OpenReader(path);
        Assert.Equal((2, 17), (connection.Scalar("PRAGMA auto_vacuum"), connection.Scalar("SELECT x FROM kept")));
    }

    [Fact]
    public async Task A_file_that_somebody_uses_stays_as_it_is_until_the_next_opening()
    {
        string path = Path.Combine(_folder.Path, SqliteAuditLog.FileName);
        await (await SqliteAuditLog.OpenAsync(_folder.Path, default)).DisposeAsync();
        using Connection old = Connection.OpenWriter(path);
        old.Execute("PRAGMA auto_vacuum = NONE; VACUUM");
        old.Execute("BEGIN IMMEDIATE; CREATE TABLE kept (x); INSERT INTO kept VALUES (17);");
        using Connection other = Connection.OpenExisting(path);
        Compaction.Prepare(other);
        Assert.Equal(0, other.Scalar("PRAGMA auto_vacuum"));
        old.Execute("COMMIT");
        Assert.Equal(17, other.Scalar("SELECT x FROM kept"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task FillAsync(SqliteReadingBuffer buffer)
    {
        for (int n = 0; n < Readings; n += Each)
        {
            await buffer.AppendAsync([.. Enumerable.Range(n, Each).Select(number => new NewReading(SampleReadings.BloodPressure(number), [new NewDelivery(Recipient.CareTeam, DeliveryState.Local)]))], default);
        }
    }

    private static async Task<(int Count, TimeSpan Longest)> AppendUntilAsync(SqliteReadingBuffer buffer, CancellationToken stop)
    {
        (int count, TimeSpan longest) = (0, TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            await buffer.AppendAsync([SampleReadings.BloodPressure(2 * Readings + count).ToSend()], default);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            (count, longest) = (count + 1, taken > longest ? taken : longest);
        }

        return (count, longest);
    }

    private static async Task<int> CountAsync(SqliteReadingBuffer buffer)
    {
        int count = 0;
        await foreach (BufferedReading _ in buffer.ReadHistoryAsync(SampleReadings.Patient, default))
        {
            count++;
        }

        return count;
    }
}
