using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using SQLitePCL;

namespace HomeHub.Sqlite.Tests.Devices;

/// <summary>The adapter keeps the contract, with real files.</summary>
public sealed class SqliteDeviceRegistryTests : DeviceRegistryContract, IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-devices-").FullName;

    private string File => Path.Combine(_folder, SqliteDeviceRegistry.FileName);

    protected override async Task<IDeviceRegistry> OpenAsync() => await SqliteDeviceRegistry.OpenAsync(_folder, default);

    protected override Task<IDeviceRegistry> OpenBesideAsync(IDeviceRegistry registry) => OpenAsync();

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_alone_and_says_so()
    {
        await Registry.SaveAsync(Device(), default);
        Execute("PRAGMA user_version = 99");
        BufferException error = await Assert.ThrowsAsync<BufferException>(OpenAsync);
        Assert.Equal(BufferFault.NewerSchema, error.Fault);
        Assert.Contains("newer", error.Message, StringComparison.Ordinal);
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
        Assert.NotNull(await Registry.FindAsync(Address, default));
    }

    [Fact]
    public async Task A_file_of_version_1_is_taken_over_with_the_owners_since_the_devices_were_set_up()
    {
        await Registry.DisposeAsync();
        System.IO.File.Delete(File);
        Execute(await System.IO.File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "devices-version-1.sql")));
        await using IDeviceRegistry opened = await OpenAsync();
        RegisteredDevice[] devices = [.. await opened.ListAsync(default)];
        Assert.Equal(
            [
                Device() with
                {
                    Name = "Cuff", Bond = BondSecurity.SecureConnections, LastSessionAt = SampleReadings.Start.AddDays(1),
                    Trouble = new DeviceTrouble(PeripheralFault.BondLost, SampleReadings.Start.AddDays(1), "Pair it again."),
                },
                new RegisteredDevice { Address = "C0:FF:EE:00:00:02", Patient = SampleReadings.OtherPatient, PairedAt = SampleReadings.Start.AddDays(2) },
            ],
            devices);
        Assert.Equal(SampleReadings.Start, devices[0].Users.OwnerSince);
        DeviceMemory memory = await opened.GetMemoryAsync(Address, default);
        Assert.Equal(("312E30", new RecordMark(0x1808, 7, 9)), (memory.Firmware, memory.Marks.Single()));
        Assert.True(await opened.RemoveAsync(Address, default));
        Assert.Equal(DeviceMemory.Empty.Marks.Count, (await opened.GetMemoryAsync(Address, default)).Marks.Count);
    }

    [Fact]
    public async Task A_file_of_version_4_is_taken_over_whole_with_nothing_expected_and_nothing_measured()
    {
        await Registry.DisposeAsync();
        System.IO.File.Delete(File);
        Execute(await System.IO.File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "devices-version-4.sql")));
        DateTimeOffset start = SampleReadings.Start.ToUniversalTime();
        var slots = UserSlots.Of(
            [new UserSlot(1, SampleReadings.OtherPatient, start.AddDays(2)) { ConsentCode = 1234 }, new UserSlot(254, SampleReadings.Patient, start.AddDays(3))]);
        RegisteredDevice[] expected =
        [
            Device() with
            {
                AddressType = AddressType.Random, Name = "Cuff", Bond = BondSecurity.SecureConnections, AssignedAt = start.AddDays(-1), LastSessionAt = start.AddDays(1),
                Trouble = new DeviceTrouble(PeripheralFault.BondLost, start.AddDays(1), "Pair it again."), ToldAllAt = start.AddHours(23),
            },
            new RegisteredDevice { Address = "C0:FF:EE:00:00:02", Patient = null, PairedAt = start.AddDays(2), Slots = slots },
        ];
        await using (IDeviceRegistry opened = await OpenAsync())
        {
            Assert.Equal(expected, await opened.ListAsync(default));
            DeviceMemory memory = await opened.GetMemoryAsync(Address, default);
            Assert.Equal(new RecordMark(0x1808, 7, 9) { Time = new PhdTimestamp(2026, 3, 14, 7, 42, 10) }, memory.Marks.Single());
            Assert.Equal(("312E30", 0x2A26, "312E30"), (memory.Firmware, memory.Descriptions.Single().Characteristic, Convert.ToHexString(memory.Descriptions.Single().Octets)));
            Assert.True(await opened.ExpectAsync(Address, TimeSpan.FromDays(1), default));
            await opened.NoteValueAsync(Address, start.AddDays(4), default);
        }

        await using IDeviceRegistry again = await OpenAsync();
        Assert.Equal([expected[0] with { ExpectedEvery = TimeSpan.FromDays(1), LastValueAt = start.AddDays(4) }, expected[1]], await again.ListAsync(default));
    }

    [Fact]
    public async Task A_file_that_is_no_database_says_so_and_is_left_as_it_is()
    {
        await Registry.DisposeAsync();
        byte[] garbage = [.. Enumerable.Repeat((byte)0x5A, 8192)];
        await System.IO.File.WriteAllBytesAsync(File, garbage);
        BufferException error = await Assert.ThrowsAsync<BufferException>(OpenAsync);
        Assert.Contains(SqliteDeviceRegistry.FileName, error.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task Another_process_that_is_killed_leaves_what_it_was_told_is_saved()
    {
        using (var child = new ChildProcess("devices", _folder, 10_000))
        {
            Assert.Equal("open", await child.ReadLineAsync());
            string? last = null;
            for (int i = 0; i < 25; i++)
            {
                last = await child.ReadLineAsync();
                await Registry.SaveAsync(Device(), default);
            }

            child.Kill();
            await child.WaitAsync();
            Assert.NotNull(await Registry.FindAsync(last!, default));
        }

        Assert.True((await Registry.ListAsync(default)).Count >= 26);
    }

    [Fact]
    public async Task A_write_that_fails_changes_nothing_and_the_next_one_works()
    {
        await Registry.SaveAsync(Device(), default);
        var good = new DeviceMemory { Firmware = "31", Marks = [new RecordMark(0x1808, 1, 1)] };
        await Registry.SetMemoryAsync(Address, good, default);
        var twice = new DeviceMemory { Firmware = "32", Marks = [new RecordMark(0x1808, 2, 2), new RecordMark(0x1808, 3, 3)] };
        await Assert.ThrowsAsync<BufferException>(() => Registry.SetMemoryAsync(Address, twice, default));
        Assert.Equal(("31", 1), ((await Registry.GetMemoryAsync(Address, default)).Firmware, (await Registry.GetMemoryAsync(Address, default)).Marks.Count));
        await Registry.SetMemoryAsync(Address, good with { Firmware = "33" }, default);
        Assert.Equal("33", (await Registry.GetMemoryAsync(Address, default)).Firmware);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RegisteredDevice Device() => new() { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };

    private void Execute(string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(File, out sqlite3 file));
        using (file)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(file, sql));
        }
    }
}
