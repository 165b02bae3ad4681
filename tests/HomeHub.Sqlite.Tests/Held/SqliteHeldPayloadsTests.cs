using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;
using HomeHub.Testing.Holding;

namespace HomeHub.Sqlite.Tests.Held;

public sealed class SqliteHeldPayloadsTests : HeldPayloadsContract, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-held-").FullName;
    private SqliteHeldPayloads _held = null!;

    protected override IHeldPayloads Held => _held;

    public async Task InitializeAsync() => _held = await SqliteHeldPayloads.OpenAsync(_folder, default);

    [Fact]
    public async Task What_is_held_and_what_is_known_of_starts_outlasts_the_process()
    {
        await _held.HoldAsync([Payload(1), Payload(2)], default);
        await _held.NoteBootAsync("boot-1", Testing.SampleReadings.Start, default);
        await _held.DisposeAsync();
        _held = await SqliteHeldPayloads.OpenAsync(_folder, default);
        Assert.Equal(2, _held.Count);
        Assert.All(await _held.ReadAsync(0, 9, default), one => Assert.Equal(Testing.SampleReadings.Start, one.BootedAt));
        Assert.Equal(2, SqliteHeldPayloads.CountIn(_folder));
        Assert.Equal(0, SqliteHeldPayloads.CountIn(Path.Combine(_folder, "none")));
    }

    [Fact]
    public async Task When_nothing_is_held_any_more_its_room_goes_back_to_the_disk()
    {
        HeldPayload[] lot = [.. Enumerable.Repeat(Payload(1), 2_000)];
        for (int i = 0; i < 10; i++)
        {
            await _held.HoldAsync(lot, default);
        }

        long last = (await _held.ReadAsync(0, 20_000, default))[^1].Number;
        string path = Path.Combine(_folder, SqliteHeldPayloads.FileName);
        using Connection look = Connection.OpenReader(path);
        long full = look.Scalar("PRAGMA page_count");
        Assert.True(full > 4 * Compaction.KeptPages, $"{full} pages");
        await _held.RemoveAsync(last - 1, default);
        Assert.Equal(full, look.Scalar("PRAGMA page_count"));
        await _held.RemoveAsync(last, default);
        Assert.InRange(look.Scalar("PRAGMA page_count"), 1, Compaction.KeptPages + 20);
        await _held.HoldAsync([Payload(3)], default);
        Assert.Equal(1, _held.Count);
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_alone()
    {
        await _held.DisposeAsync();
        using (var file = Connection.OpenWriter(Path.Combine(_folder, SqliteHeldPayloads.FileName)))
        {
            file.Execute("PRAGMA user_version = 99");
        }

        BufferException error = await Assert.ThrowsAsync<BufferException>(() => SqliteHeldPayloads.OpenAsync(_folder, default));
        Assert.Equal(BufferFault.NewerSchema, error.Fault);
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_row_is_told_with_its_file()
    {
        await _held.HoldAsync([Payload(1)], default);
        using (var file = Connection.OpenWriter(Path.Combine(_folder, SqliteHeldPayloads.FileName)))
        {
            file.Execute("UPDATE held SET payload = x'7B7D'");
        }

        BufferException error = await Assert.ThrowsAsync<BufferException>(() => _held.ReadAsync(0, 9, default));
        Assert.Equal(BufferFault.Damaged, error.Fault);
        Assert.Contains(SqliteHeldPayloads.FileName, error.Message, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await _held.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
