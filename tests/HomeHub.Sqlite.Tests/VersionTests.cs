using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>Buffers of older programs, and UUIDs of either length.</summary>
public sealed class VersionTests : IDisposable
{
    private static readonly BluetoothUuid Vendor = BluetoothUuid.Parse("00001524-1212-efde-1523-785feabcd123");

    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task A_buffer_of_version_1_is_taken_over_and_its_records_keep_their_identities()
    {
        await WriteVersion1Async();
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        Assert.Null(buffer.Recovery);
        List<BufferedReading> readings = await ReadAsync(buffer);
        Assert.Equal(
            ["C1A0D1DB1B67C8935EACB3F7A164505F", "AB7314DDF15B38682032FB4ED59EF4B8", "4CCBA17F1E9B84A59B8DD986ACD9870F"],
            readings.Select(reading => HexOf(reading.Record.Identity)));
        Assert.All(readings, reading => Assert.Equal((BluetoothUuid.Of(0x1810), BluetoothUuid.Of(0x2A35)), (reading.Record.Service, reading.Record.Characteristic)));
        Assert.All(readings, reading => Assert.Equal([0x1810], reading.Record.Device.Services));
        AcquiredReading[] again = [SampleReadings.BloodPressure(1), SampleReadings.BloodPressure(2), SampleReadings.Unstamped(3)];
        Assert.Equal(readings.Select(reading => reading.Record.Identity), again.Select(reading => reading.Identity));
        AppendOutcome[] outcomes = await buffer.AppendAsync([.. again.Select(SampleReadings.ToSend)], CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        Assert.Equal(0, await buffer.QuarantineAsync([SampleReadings.Rejected(4)], CancellationToken.None));
    }

    [Fact]
    public async Task A_program_of_version_1_does_not_open_the_buffer_any_more()
    {
        await WriteVersion1Async();
        await using (await _folder.OpenAsync())
        {
        }

        using Connection connection = Connection.OpenReader(_folder.Database);
        Assert.Equal(Schema.Version, connection.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public async Task What_was_known_in_plain_is_known_by_keyed_hashes_and_nothing_in_the_file_gives_it_away()
    {
        RecordIdentity gone = SampleReadings.BloodPressure(50).Identity;
        await WriteVersion1Async();
        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            connection.Execute($"INSERT INTO seen VALUES (x'{HexOf(gone)}', 2); UPDATE counter SET value = 3 WHERE name = 'merged-id';");
            connection.Execute("INSERT OR IGNORE INTO seen SELECT identity, id FROM reading");
        }

        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            AppendOutcome[] outcomes = await buffer.AppendAsync([SampleReadings.BloodPressure(50).ToSend(), SampleReadings.BloodPressure(1).ToSend()], default);
            Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
            Assert.Equal([AppendOutcome.Stored], await buffer.AppendAsync([SampleReadings.BloodPressure(51).ToSend()], default));
        }

        using Connection opened = Connection.OpenReader(_folder.Database);
        Assert.Equal(0, opened.Scalar($"SELECT count(*) FROM seen WHERE mark = x'{HexOf(gone)}'"));
        Assert.Equal((4, 16), (opened.Scalar("SELECT count(*) FROM seen"), opened.Scalar("SELECT max(length(mark)) FROM seen")));
        Assert.Equal(32, opened.Scalar("SELECT length(key) FROM seen_key"));
        Assert.Equal(0, opened.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'seen_of_before'"));
    }

    [Fact]
    public async Task A_mark_is_the_keyed_hash_of_the_standard()
    {
        await using (await _folder.OpenAsync())
        {
        }

        using Connection connection = Connection.OpenReader(_folder.Database);
        using Statement key = connection.Prepare("SELECT key FROM seen_key");
        Assert.True(key.Step());
        RecordIdentity identity = SampleReadings.BloodPressure(1).Identity;
        byte[] expected = System.Security.Cryptography.HMACSHA256.HashData(key.Blob(0).ToArray(), Convert.FromHexString(HexOf(identity)))[..16];
        using var marks = SeenMarks.Of(connection);
        Assert.Equal(Convert.ToHexString(expected), marks.Of(identity).ToString("X32", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_vendors_uuids_come_back_from_readings_and_quarantine()
    {
        AcquiredReading vendor = SampleReadings.BloodPressure(1) with { Service = Vendor, Characteristic = Vendor };
        RejectedPayload rejected = SampleReadings.Rejected(2);
        rejected = rejected with { Payload = rejected.Payload with { Service = Vendor, Characteristic = Vendor } };
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([vendor.ToSend()], CancellationToken.None);
            Assert.Equal(2, await buffer.QuarantineAsync([rejected, SampleReadings.Rejected(2)], CancellationToken.None));
        }

        await using SqliteReadingBuffer opened = await _folder.OpenAsync();
        BufferedReading back = Assert.Single(await ReadAsync(opened));
        Assert.Equal((Vendor, Vendor), (back.Record.Service, back.Record.Characteristic));
        Assert.Equal(0, await opened.QuarantineAsync([rejected], CancellationToken.None));
        using Connection connection = Connection.OpenReader(_folder.Database);
        using Statement causes = connection.Prepare($"SELECT DISTINCT {UuidColumn.AsText} FROM quarantine ORDER BY 1");
        Assert.True(causes.Step());
        Assert.Equal(Vendor.ToString(), causes.Text(0));
        Assert.True(causes.Step());
        Assert.Equal("2A35", causes.Text(0));
    }

    [Fact]
    public async Task What_was_entered_by_a_program_that_told_it_by_the_device_alone_still_counts_as_entered_by_hand()
    {
        AcquiredReading before = SampleReadings.BloodPressure(1) with { Device = ManualEntryDevice.Descriptor };
        AcquiredReading faulty = SampleReadings.BloodPressure(2) with { Device = SampleReadings.Monitor with { Address = ManualEntryDevice.Address } };
        AcquiredReading entered = SampleReadings.BloodPressure(3) with { Context = new SessionContext { IsEnteredByHand = true } };
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([before.ToSend(), faulty.ToSend(), entered.ToSend()], CancellationToken.None);
        }

        await using SqliteReadingBuffer opened = await _folder.OpenAsync();
        Assert.Equal([true, false, true], (await ReadAsync(opened)).Select(reading => reading.Record.IsEnteredByHand));
        Assert.DoesNotContain("isEnteredByHand", JsonTexts.Write(new SessionContext { IsMinute = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_offers_a_vendors_service_comes_back()
    {
        DeviceDescriptor device = SampleReadings.Monitor.WithService(Vendor).WithService(0x1810);
        string text = JsonTexts.Write(device);
        Assert.Contains("\"services\":[\"00001524-1212-efde-1523-785feabcd123\",6160]", text, StringComparison.Ordinal);
        Assert.Equal(device, JsonTexts.ReadDevice(text));
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteVersion1Async()
    {
        string sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "buffer-version-1.sql"));
        using Connection connection = Connection.OpenWriter(_folder.Database);
        connection.Execute(sql);
    }

    private static string HexOf(RecordIdentity identity)
    {
        byte[] bytes = new byte[RecordIdentity.LengthBytes];
        identity.Write(bytes);
        return Convert.ToHexString(bytes);
    }

    private static async Task<List<BufferedReading>> ReadAsync(SqliteReadingBuffer buffer)
    {
        List<BufferedReading> readings = [];
        await foreach (BufferedReading reading in buffer.ReadHistoryAsync(SampleReadings.Patient, CancellationToken.None))
        {
            readings.Add(reading);
        }

        return readings;
    }
}
