using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Testing;
using HomeHub.Testing.Household;
using SQLitePCL;

namespace HomeHub.Sqlite.Tests.Household;

/// <summary>The adapter keeps the contract, with real files.</summary>
public sealed class SqliteHouseholdTests : HouseholdContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-household-").FullName;

    protected override async Task<IHousehold> OpenAsync() => await SqliteHousehold.OpenAsync(_folder, default);

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_alone_and_says_so()
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(_folder, SqliteHousehold.FileName), out sqlite3 file));
        using (file)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(file, "PRAGMA user_version = 99"));
        }

        Assert.Equal(BufferFault.NewerSchema, (await Assert.ThrowsAsync<BufferException>(OpenAsync)).Fault);
    }

    [Fact]
    public async Task No_more_countings_are_kept_than_the_limit_and_the_newest_stay()
    {
        for (int i = 0; i <= IHousehold.MaxTries; i++)
        {
            await Household.AddTryAsync($"key {i}", SampleReadings.Start.AddMilliseconds(i), default);
        }

        Assert.Equal(SignInTries.None, await Household.GetTriesAsync("key 0", default));
        Assert.Equal(1, (await Household.GetTriesAsync("key 1", default)).Wrong);
        Assert.Equal(1, (await Household.GetTriesAsync($"key {IHousehold.MaxTries}", default)).Wrong);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
