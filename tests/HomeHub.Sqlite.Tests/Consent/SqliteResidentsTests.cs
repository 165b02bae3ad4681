using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Sqlite.Tests.Consent;

/// <summary>Who lives here, by files that others write.</summary>
public sealed class SqliteResidentsTests : IDisposable
{
    private static readonly PatientReference One = SampleReadings.Patient, Other = SampleReadings.OtherPatient;

    private readonly BufferFolder _folder = new();
    private readonly SqliteResidents _residents;

    public SqliteResidentsTests() => _residents = new SqliteResidents(_folder.Path, NullLogger<SqliteResidents>.Instance);

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

    public void Dispose()
    {
        _residents.Dispose();
        _folder.Dispose();
    }
}
