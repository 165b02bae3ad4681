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
    public async Task The_name_of_somebody_who_is_removed_is_in_no_file_any_more()
    {
        await Household.AddPeopleAsync([SampleReadings.Patient, SampleReadings.OtherPatient], default);
        await Household.SavePersonAsync(new HouseholdPerson(1, SampleReadings.Patient) { Name = "Maialen Etxeberria" }, default);
        Assert.True(IsInFiles("Maialen Etxeberria"), "the search finds what is there");
        await Household.RemovePersonAsync(1, default);
        Assert.False(IsInFiles("Maialen Etxeberria"));
    }

    [Fact]
    public async Task No_more_countings_are_kept_than_the_limit_and_those_of_the_most_tries_and_the_newest_stay()
    {
        await Household.AddTryAsync("an account", SampleReadings.Start.AddMinutes(-1), default);
        await Household.AddTryAsync("an account", SampleReadings.Start.AddMinutes(-1), default);
        for (int i = 0; i <= IHousehold.MaxTries; i++)
        {
            await Household.AddTryAsync($"key {i}", SampleReadings.Start.AddMilliseconds(i), default);
        }

        Assert.Equal(2, (await Household.GetTriesAsync("an account", default)).Wrong);
        Assert.Equal(SignInTries.None, await Household.GetTriesAsync("key 1", default));
        Assert.Equal(1, (await Household.GetTriesAsync("key 2", default)).Wrong);
        Assert.Equal(1, (await Household.GetTriesAsync($"key {IHousehold.MaxTries}", default)).Wrong);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private bool IsInFiles(string text) => Directory.GetFiles(_folder, SqliteHousehold.FileName + "*").Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    });
}
