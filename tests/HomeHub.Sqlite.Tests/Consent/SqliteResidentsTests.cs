using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Sqlite.Tests.Consent;

/// <summary>Who lives here, by files that others write.</summary>
public sealed class SqliteResidentsTests : IDisposable
{
    private static readonly PatientReference One = SampleReadings.Patient, Other = SampleReadings.OtherPatient;

    private readonly BufferFolder _folder = new();
    private readonly ManualTime _time = new(SampleReadings.Start);
    private SqliteResidents _residents;

    public SqliteResidentsTests() => _residents = Open();

    [Fact]
    public async Task It_opens_nothing_before_it_is_asked()
    {
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_folder.Path, default);
        await household.AddPeopleAsync([One], default);
        Assert.Equal(0, _residents.Version);
        await household.AddPeopleAsync([Other], default);
        Assert.Equal(0, _residents.Version);
        Assert.Equal(2, _residents.Now!.Count);
    }

    [Fact]
    public async Task People_of_the_household_and_of_devices_live_here_from_the_moment_they_are_written()
    {
        Assert.Empty(_residents.Now!);
        long version = _residents.Version;
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_folder.Path, default);
        await household.AddPeopleAsync([One], default);
        Assert.Equal([One], _residents.Now!);
        Assert.True(_residents.Version > version);
        await using SqliteDeviceRegistry devices = await SqliteDeviceRegistry.OpenAsync(_folder.Path, default);
        await devices.SaveAsync(new RegisteredDevice { Address = "C0:FF:EE:00:00:01", Patient = Other, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(new HashSet<PatientReference> { One, Other }, _residents.Now!.ToHashSet());
        version = _residents.Version;
        Assert.Equal(version, _residents.Version);
        await household.RemovePersonAsync((await household.ListPeopleAsync(default))[0].Number, default);
        Assert.Equal([Other], _residents.Now!);
        Assert.True(_residents.Version > version);
    }

    [Fact]
    public async Task Where_a_file_can_not_be_read_nobody_can_tell_until_it_can()
    {
        string path = Path.Combine(_folder.Path, SqliteHousehold.FileName);
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(path, "this is no database, and long enough that somebody notices it");
        Assert.Null(_residents.Now);
        File.Delete(path);
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_folder.Path, default);
        await household.AddPeopleAsync([One], default);
        Assert.Equal([One], _residents.Now!);
        _residents.Dispose();
        Assert.Null(_residents.Now);
    }

    /// <summary>Whoever left is missed also by a hub that was off meanwhile, and once only.</summary>
    [Fact]
    public async Task When_somebody_left_is_kept_with_the_household()
    {
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_folder.Path, default);
        await household.AddPeopleAsync([One, Other], default);
        Assert.Equal(2, _residents.Now!.Count);
        Assert.Null(_residents.LastLeft);
        _residents.Dispose();
        await household.RemovePersonAsync((await household.ListPeopleAsync(default)).Single(person => person.Patient == Other).Number, default);

        _time.Advance(TimeSpan.FromHours(5));
        _residents = Open();
        Assert.Equal([One], _residents.Now!);
        Assert.InRange(_residents.LastLeft!.Value, SampleReadings.Start.AddHours(5), SampleReadings.Start.AddHours(5).AddSeconds(1));
        DateTimeOffset left = _residents.LastLeft.Value;
        _residents.Dispose();

        _time.Advance(TimeSpan.FromDays(1));
        _residents = Open();
        await household.AddPeopleAsync([Other], default);
        Assert.Equal(2, _residents.Now!.Count);
        Assert.Equal(left, _residents.LastLeft);
    }

    /// <summary>A clock that runs behind would say that somebody left before they did.</summary>
    [Fact]
    public async Task While_the_clock_is_not_known_nobody_can_tell_since_when_somebody_is_missed()
    {
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_folder.Path, default);
        await household.AddPeopleAsync([One, Other], default);
        Assert.Equal(2, _residents.Now!.Count);
        _residents.Dispose();

        var clock = new ClockDouble { IsTimeKnown = false };
        _residents = Open(clock);
        Assert.Equal(2, _residents.Now!.Count);
        await household.RemovePersonAsync((await household.ListPeopleAsync(default)).Single(person => person.Patient == Other).Number, default);
        Assert.Null(_residents.Now);
        Assert.Null(_residents.Now);
        _residents.Dispose();

        clock.IsTimeKnown = true;
        _residents = Open(clock);
        Assert.Equal([One], _residents.Now!);
        Assert.NotNull(_residents.LastLeft);
    }

    private SqliteResidents Open(ClockDouble? clock = null) =>
        new(_folder.Path, _time, clock ?? new ClockDouble { IsTimeKnown = true }, NullLogger<SqliteResidents>.Instance);

    public void Dispose()
    {
        _residents.Dispose();
        _folder.Dispose();
    }
}
