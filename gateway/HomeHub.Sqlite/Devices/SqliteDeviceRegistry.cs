using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;

namespace HomeHub.Sqlite;

/// <summary>The devices that were set up, in <c>devices.db</c> beside the buffer.</summary>
public sealed partial class SqliteDeviceRegistry : IDeviceRegistry
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "devices.db";

    private const string Columns = "address, address_type, name, paired_at, bond, last_session_at, trouble, trouble_since, advice, told_all_at, expected_every, last_value_at, battery, clock_at, clock_off, clock_was_set";

    private readonly SharedFile _file;
    private readonly Connection _connection;

    private SqliteDeviceRegistry(SharedFile file)
    {
        _file = file;
        _connection = file.Connection;
    }

    /// <summary>Opens the registry of a data folder, making folder and file where they are missing.</summary>
    /// <exception cref="BufferException">It can't be opened: no right to, damaged, or of a newer program.</exception>
    public static Task<SqliteDeviceRegistry> OpenAsync(string folder, CancellationToken cancellation) =>
        Task.Run(() => new SqliteDeviceRegistry(SharedFile.Open(folder, FileName, DeviceSchema.Steps)), cancellation);

    /// <inheritdoc/>
    public Task<RegisteredDevice?> FindAsync(string address, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement select = _connection.Prepare($"SELECT {Columns} FROM device WHERE address = ?1").Bind(1, address);
            RegisteredDevice? device = select.Step() ? Read(select) : null;
            return device is null ? null : WithPeople(device);
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RegisteredDevice>> ListAsync(CancellationToken cancellation) => _file.RunAsync<IReadOnlyList<RegisteredDevice>>(
        () =>
        {
            List<RegisteredDevice> devices = [];
            using Statement select = _connection.Prepare($"SELECT {Columns} FROM device ORDER BY address");
            while (select.Step())
            {
                devices.Add(Read(select));
            }

            return [.. devices.Select(WithPeople)];
        },
        cancellation);

    /// <inheritdoc/>
    public Task SaveAsync(RegisteredDevice device, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            using Statement save = _connection.Prepare("""
                INSERT INTO device (address, address_type, name, paired_at, bond) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (address) DO UPDATE SET address_type = ?2, name = ?3, paired_at = ?4, bond = ?5,
                  trouble = NULL, trouble_since = NULL, advice = NULL
                """);
            save.Bind(1, device.Address).Bind(2, (long)device.AddressType).Bind(3, device.Name)
                .Bind(4, device.PairedAt.ToUnixTimeMilliseconds()).Bind(5, (long?)device.Bond).Run();
            SavePeople(device);
            _connection.Execute("COMMIT");
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string address, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement remove = _connection.Prepare("DELETE FROM device WHERE address = ?1").Bind(1, address);
            return remove.Run() > 0;
        },
        cancellation);

    /// <inheritdoc/>
    public Task NoteSessionAsync(string address, DeviceSessionNote note, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            // The same trouble again keeps its beginning.
            using Statement update = _connection.Prepare("""
                UPDATE device SET last_session_at = ifnull(?2, last_session_at), trouble_since = CASE WHEN trouble IS ?3 AND trouble IS NOT NULL THEN trouble_since ELSE ?4 END,
                  trouble = ?3, advice = ?5, told_all_at = ifnull(?6, told_all_at), last_value_at = ifnull(?7, last_value_at),
                  battery = ifnull(?8, battery), clock_off = CASE WHEN ?9 IS NULL THEN clock_off ELSE ?10 END,
                  clock_was_set = CASE WHEN ?9 IS NULL THEN clock_was_set ELSE ?11 END, clock_at = ifnull(?9, clock_at) WHERE address = ?1
                """);
            return update.Bind(1, address).Bind(2, note.At?.ToUnixTimeMilliseconds()).Bind(3, (long?)note.Trouble?.Fault)
                .Bind(4, note.Trouble?.Since?.ToUnixTimeMilliseconds()).Bind(5, note.Trouble?.Advice)
                .Bind(6, note.ToldAllAt?.ToUnixTimeMilliseconds()).Bind(7, note.ValueAt?.ToUnixTimeMilliseconds()).Bind(8, (long?)note.BatteryPercent)
                .Bind(9, note.Clock?.At.ToUnixTimeMilliseconds()).Bind(10, (long?)note.Clock?.Off?.TotalMilliseconds).Bind(11, note.Clock is { WasSet: true } ? 1 : 0).Run();
        },
        cancellation);

    /// <inheritdoc/>
    public Task NoteValueAsync(string address, DateTimeOffset at, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement update = _connection.Prepare("UPDATE device SET last_value_at = max(ifnull(last_value_at, ?2), ?2) WHERE address = ?1");
            return update.Bind(1, address).Bind(2, at.ToUnixTimeMilliseconds()).Run();
        },
        cancellation);

    /// <inheritdoc/>
    public Task<bool> ExpectAsync(string address, TimeSpan? every, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement update = _connection.Prepare("UPDATE device SET expected_every = ?2 WHERE address = ?1");
            return update.Bind(1, address).Bind(2, (long?)every?.TotalSeconds).Run() > 0;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<DeviceMemory> GetMemoryAsync(string address, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement firmware = _connection.Prepare("SELECT firmware FROM device WHERE address = ?1").Bind(1, address);
            string? revision = firmware.Step() ? firmware.Text(0) : null;
            firmware.Reset();
            List<RememberedValue> descriptions = [];
            using Statement values = _connection.Prepare("SELECT service, characteristic, octets FROM description WHERE address = ?1 ORDER BY number").Bind(1, address);
            while (values.Step())
            {
                descriptions.Add(new RememberedValue((ushort)values.Int32(0), (ushort)values.Int32(1), values.Blob(2).ToArray()));
            }

            List<RecordMark> marks = [];
            using Statement records = _connection.Prepare("SELECT service, sequence_number, octets_hash, stamp FROM record_mark WHERE address = ?1 ORDER BY service").Bind(1, address);
            while (records.Step())
            {
                marks.Add(new RecordMark((ushort)records.Int32(0), (ushort)records.Int32(1), unchecked((ulong)records.Int64(2)))
                {
                    Time = records.IsNull(3) ? null : PackedStamp.Unpack(records.Int64(3)),
                });
            }

            return new DeviceMemory { Firmware = revision, Descriptions = descriptions, Marks = marks };
        },
        cancellation);

    /// <inheritdoc/>
    public Task SetMemoryAsync(string address, DeviceMemory memory, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            using Statement device = _connection.Prepare("UPDATE device SET firmware = ?2 WHERE address = ?1").Bind(1, address).Bind(2, memory.Firmware);
            if (device.Run() > 0)
            {
                Replace(address, memory);
            }

            _connection.Execute("COMMIT");
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Replace(string address, DeviceMemory memory)
    {
        using (Statement clear = _connection.Prepare("DELETE FROM description WHERE address = ?1").Bind(1, address))
        {
            clear.Run();
        }

        using Statement describe = _connection.Prepare("INSERT INTO description VALUES (?1, ?2, ?3, ?4, ?5)");
        for (int i = 0; i < memory.Descriptions.Count; i++)
        {
            RememberedValue value = memory.Descriptions[i];
            describe.Bind(1, address).Bind(2, i).Bind(3, value.Service).Bind(4, value.Characteristic).Bind(5, value.Octets).Run();
        }

        using (Statement clear = _connection.Prepare("DELETE FROM record_mark WHERE address = ?1").Bind(1, address))
        {
            clear.Run();
        }

        using Statement mark = _connection.Prepare("INSERT INTO record_mark VALUES (?1, ?2, ?3, ?4, ?5)");
        foreach (RecordMark known in memory.Marks)
        {
            mark.Bind(1, address).Bind(2, known.Service).Bind(3, known.SequenceNumber).Bind(4, unchecked((long)known.OctetsHash))
                .Bind(5, known.Time is { } time ? PackedStamp.Pack(time) : null).Run();
        }
    }

    private static RegisteredDevice Read(Statement row) => new()
    {
        Address = row.Text(0)!,
        AddressType = (AddressType)row.Int32(1),
        Name = row.Text(2),
        Patient = null,
        PairedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
        Bond = row.IsNull(4) ? null : (BondSecurity)row.Int32(4),
        LastSessionAt = row.IsNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(5)),
        Trouble = row.IsNull(6)
            ? null
            : new DeviceTrouble((PeripheralFault)row.Int32(6), row.IsNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(7)), row.Text(8) ?? ""),
        ToldAllAt = row.IsNull(9) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(9)),
        ExpectedEvery = row.IsNull(10) ? null : TimeSpan.FromSeconds(row.Int64(10)),
        LastValueAt = row.IsNull(11) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(11)),
        BatteryPercent = row.IsNull(12) ? null : row.Int32(12),
        Clock = row.IsNull(13)
            ? null
            : new DeviceClockNote(DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(13)), row.IsNull(14) ? null : TimeSpan.FromMilliseconds(row.Int64(14)), row.Int64(15) != 0),
    };
}
