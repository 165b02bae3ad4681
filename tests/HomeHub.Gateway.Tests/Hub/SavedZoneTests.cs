using HomeHub.Core.Household;
using HomeHub.Core.Time;
using HomeHub.Gateway.Hub;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class SavedZoneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-zone-").FullName;

    [Theory]
    [InlineData("Europe/Oslo", "Europe/Oslo")]
    [InlineData("Europe/Gone", null)]
    [InlineData(null, null)]
    public async Task A_zone_that_a_person_set_counts_after_the_next_start(string? saved, string? expected)
    {
        await SaveAsync(saved);
        var home = new HomeZone(null);
        await SavedZone.TakeAsync(home, _folder, NullLogger.Instance, default);
        Assert.Equal(expected, home.Zone?.Id);
        Assert.False(home.IsFixed);
    }

    [Fact]
    public async Task What_the_configuration_says_wins()
    {
        await SaveAsync("Europe/Oslo");
        var home = new HomeZone(HomeZone.Find("Europe/Madrid"));
        await SavedZone.TakeAsync(home, _folder, NullLogger.Instance, default);
        Assert.Equal("Europe/Madrid", home.Zone!.Id);
    }

    [Fact]
    public async Task A_hub_without_household_makes_none_and_one_that_is_damaged_has_no_zone()
    {
        var home = new HomeZone(null);
        await SavedZone.TakeAsync(home, _folder, NullLogger.Instance, default);
        string file = Path.Combine(_folder, SqliteHousehold.FileName);
        Assert.False(File.Exists(file));
        await File.WriteAllTextAsync(file, "this is no database, whatever its name says; it is long enough to be looked at as one: " + new string('x', 4096));
        await SavedZone.TakeAsync(home, _folder, NullLogger.Instance, default);
        Assert.False(home.IsKnown);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task SaveAsync(string? zone)
    {
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_folder, default);
        await household.SetSettingAsync(HouseholdSettings.TimeZone, zone, default);
    }
}
