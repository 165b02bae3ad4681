using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Moving;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests.Moving;

/// <summary>A process may be killed at any instruction: after the next start a folder has all of the history or nothing of it, and a hub is moved or is not.</summary>
public sealed class KilledMoveTests : IDisposable
{
    private readonly MovingBench _bench = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(5, false)]
    public async Task Killed_while_files_are_put_in_place_the_next_start_goes_on(int placed, bool isNextRemoved)
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        await _bench.TakeInAsync();
        var move = new MoveFolder(_bench.New.Path);
        Assert.True(HistoryMoves.IsWaiting(_bench.New.Path));
        foreach (string name in MoveFolder.History.Take(placed))
        {
            BufferFiles.Delete(move.Of(name));
            File.Move(Path.Combine(move.Ready, name), move.Of(name));
        }

        if (isNextRemoved)
        {
            BufferFiles.Delete(move.Of(MoveFolder.History[placed]));
        }

        await _bench.SettleAsync(_bench.New.Path);
        await AssertIsAllThereAsync();
        await _bench.SettleAsync(_bench.New.Path);
        await AssertIsAllThereAsync();
    }

    [Fact]
    public async Task Killed_while_an_archive_comes_in_nothing_has_changed()
    {
        await _bench.FillAsync();
        Directory.CreateDirectory(new MoveFolder(_bench.New.Path).Incoming);
        await File.WriteAllBytesAsync(Path.Combine(new MoveFolder(_bench.New.Path).Incoming, "buffer.db"), new byte[5000]);
        await _bench.SettleAsync(_bench.New.Path);
        Assert.Empty(Directory.GetDirectories(_bench.New.Path));
        Assert.Null(HistoryMoves.FindObstacle(_bench.New.Path));
        await using SqliteReadingBuffer buffer = await _bench.New.OpenAsync();
        Assert.Equal((_bench.NewHub, 0L), (buffer.Hub, (await buffer.CountAsync(default)).Taken));
    }

    [Fact]
    public async Task Killed_while_it_is_packed_a_hub_goes_on_as_before()
    {
        await _bench.FillAsync();
        var move = new MoveFolder(_bench.Old.Path);
        move.WriteMark(MoveState.Begun, new(MovingBench.Now, MovingBench.Who, 9, 3));
        await File.WriteAllBytesAsync(move.Archive + ".new", new byte[100]);
        Assert.Null(HistoryMoves.ReadMoved(_bench.Old.Path));
        await _bench.SettleAsync(_bench.Old.Path);
        Assert.Empty(Directory.GetFiles(_bench.Old.Path, "move-*"));
        AuditNote note = (await MovingBench.ReadAuditAsync(_bench.Old.Path))[^1].Note;
        Assert.Equal((AuditActs.HubMoveUndone, MovedHub.InterruptedWho), (note.Act, note.Who));
        await using SqliteReadingBuffer buffer = await _bench.Old.OpenAsync();
        Assert.Equal(_bench.OldHub, buffer.Hub);
    }

    [Fact]
    public async Task Killed_while_it_is_wiped_the_next_start_ends_it()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        var move = new MoveFolder(_bench.Old.Path);
        move.WriteMark(MoveState.Wiping, new(MovingBench.Now, MovingBench.Who, 9, 3));
        File.Delete(move.Of("devices.db"));
        await _bench.SettleAsync(_bench.Old.Path);
        Assert.Equal(["buffer.lock"], Directory.GetFileSystemEntries(_bench.Old.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public async Task A_process_that_takes_in_is_killed_and_all_of_it_is_there_or_nothing(int milliseconds)
    {
        await _bench.FillAsync(more: 20_000);
        await _bench.PackAsync();
        File.Copy(_bench.Archive, _bench.New.Path + ".archive");
        await File.WriteAllTextAsync(_bench.New.Path + ".code", _bench.Code.Text);
        try
        {
            using (var child = new ChildProcess("take-in", _bench.New.Path, 0))
            {
                Assert.Equal("open", await child.ReadLineAsync());
                await Task.Delay(milliseconds);
                child.Kill();
            }

            await _bench.SettleAsync(_bench.New.Path);
            await using SqliteReadingBuffer buffer = await _bench.New.OpenAsync();
            BufferCounts counts = await buffer.CountAsync(default);
            Assert.Null(buffer.Recovery);
            Assert.Equal(_bench.NewHub.Id, buffer.Hub.Id);
            if (counts.Taken == 0)
            {
                Assert.Equal(_bench.NewHub, buffer.Hub);
                Assert.False(File.Exists(Path.Combine(_bench.New.Path, SqliteAuditLog.FileName)));
            }
            else
            {
                Assert.Equal((_bench.OldHub.Id, 20_003L), (buffer.Hub.Space, counts.Buffered));
                Assert.Equal(AuditActs.HubTakenIn, (await MovingBench.ReadAuditAsync(_bench.New.Path))[^1].Note.Act);
            }
        }
        finally
        {
            File.Delete(_bench.New.Path + ".archive");
            File.Delete(_bench.New.Path + ".code");
        }
    }

    public void Dispose() => _bench.Dispose();

    private async Task AssertIsAllThereAsync()
    {
        Assert.False(HistoryMoves.IsWaiting(_bench.New.Path));
        Assert.Empty(Directory.GetDirectories(_bench.New.Path));
        await using (SqliteReadingBuffer buffer = await _bench.New.OpenAsync())
        {
            Assert.Equal((_bench.OldHub.Id, 3L), (buffer.Hub.Space, (await buffer.CountAsync(default)).Buffered));
        }

        Assert.Equal(AuditActs.HubTakenIn, (await MovingBench.ReadAuditAsync(_bench.New.Path))[^1].Note.Act);
        await using SqliteDeviceRegistry devices = await SqliteDeviceRegistry.OpenAsync(_bench.New.Path, default);
        Assert.Equal(2, (await devices.ListAsync(default)).Count);
    }
}
