using System.IO.Compression;
using System.Text;
using System.Text.Json;
using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Support;
using HomeHub.Gateway.Tests.Commands;
using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Support;

public sealed class SupportBundleTests : IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01", Name = "Begoña's cuff";

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-support-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_tells_how_the_hub_and_its_devices_are()
    {
        await FillAsync();
        Dictionary<string, string> files = await WriteAsync(["2026-11-26T08:00:00.000Z warning Hub: The broker is away"]);
        Assert.Equal(["README.txt", "audit.json", "devices.json", "log.txt", "settings.json", "status.json", "system.json"], files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files.Keys.Where(name => name != "README.txt"), name => Assert.Contains(name, files["README.txt"], StringComparison.Ordinal));
        Assert.Equal(3, Json(files, "status.json").GetProperty("buffered").GetInt32());
        JsonElement device = Json(files, "devices.json").GetProperty("devices")[0];
        Assert.Equal((71, "bond-lost", 1), (
            device.GetProperty("batteryPercent").GetInt32(), device.GetProperty("trouble").GetString(), device.GetProperty("people").GetInt32()));
        Assert.True(Json(files, "system.json").GetProperty("files").GetProperty(SqliteDeviceRegistry.FileName).GetInt64() > 0);
        Assert.Equal((1, true), (Json(files, "audit.json").GetProperty("entries").GetInt32(), Json(files, "audit.json").GetProperty("whole").GetBoolean()));
        Assert.Equal(120, Json(files, "settings.json").GetProperty("bufferHistoryDays").GetInt32());
        Assert.Equal("2026-11-26T08:00:00.000Z warning Hub: The broker is away\n", files["log.txt"]);
    }

    [Fact]
    public async Task It_holds_no_person_no_name_no_address_no_key_and_no_value()
    {
        await FillAsync();
        string all = string.Concat((await WriteAsync([])).Values);
        string[] secrets = [Address, "C0FFEE000001", Name, "Begoña", SampleReadings.Patient.Key, "Patient/", "nurse 7", "broker-user", "secret.pem", "mmHg", "BPX-100"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase));

        // The upper pressure, as a number of its own: within the bytes of a process it may stand by chance.
        Assert.DoesNotMatch(@"\b128\b", all);
    }

    [Fact]
    public async Task The_command_writes_it_and_leaves_word_of_it()
    {
        await FillAsync();
        string file = Path.Combine(_folder, "support.zip");
        CommandRun run = await CommandRun.OfArgumentsAsync("support", file, "--data", _folder);
        Assert.Equal((ExitCodes.Done, ""), (run.Exit, run.Error));
        using (ZipArchive archive = ZipFile.OpenRead(file))
        {
            Assert.Equal(7, archive.Entries.Count);
        }

        await using IAuditLog log = await Adapters.OpenAuditAsync(_folder, default);
        Assert.Equal(AuditActs.SupportBundleMade, (await log.ReadAsync(0, 10, default))[^1].Note.Act);
        CommandRun wrong = await CommandRun.OfArgumentsAsync("support", Path.Combine(_folder, "nowhere", "support.zip"), "--data", _folder);
        Assert.Equal(ExitCodes.Failed, wrong.Exit);
        Assert.Contains("can't be written", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_lines_of_the_log_are_kept_and_no_more()
    {
        var recent = new RecentLines();
        Assert.Empty(recent.Read());
        for (int i = 0; i < RecentLines.MaxLines + 5; i++)
        {
            recent.Take($"line {i}");
        }

        IReadOnlyList<string> lines = recent.Read();
        Assert.Equal((RecentLines.MaxLines, "line 5", $"line {RecentLines.MaxLines + 4}"), (lines.Count, lines[0], lines[^1]));
    }

    [Fact]
    public void What_is_logged_is_among_the_last_lines_and_what_is_not_is_not()
    {
        using var loggers = new LineLoggerFactory(TextWriter.Null, LogLevel.Warning, false, new ManualTime(SampleReadings.Start));
        ILogger logger = loggers.CreateLogger("Hub");
        logger.LogInformation("nothing");
        logger.LogWarning("something");
        Assert.EndsWith("warning Hub: something", Assert.Single(loggers.Recent.Read()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("48312\n", 48.3)]
    [InlineData("-5000", -5.0)]
    [InlineData("hot", null)]
    [InlineData(null, null)]
    public void The_temperature_of_the_board_is_read_where_it_tells_one(string? told, double? celsius)
    {
        string file = Path.Combine(_folder, "temp");
        if (told is not null)
        {
            File.WriteAllText(file, told);
        }

        Assert.Equal((decimal?)celsius, BoardTemperature.Read(file));
    }

    private static JsonElement Json(Dictionary<string, string> files, string name) => JsonSerializer.Deserialize<JsonElement>(files[name]);

    private async Task<Dictionary<string, string>> WriteAsync(string[] log)
    {
        using var archive = new MemoryStream();
        var configuration = new HubConfiguration
        {
            BufferHistoryDays = 120, Broker = new BrokerConfiguration { Username = "broker-user", KeyFile = "secret.pem" },
        };
        await new SupportBundle(_folder, configuration, new ClockDouble(), TimeProvider.System).WriteAsync(archive, log, default);
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }

    private async Task FillAsync()
    {
        await using (SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance))
        {
            await buffer.AppendAsync(SampleReadings.Many(1, 3), default);
        }

        await using (IDeviceRegistry devices = await Adapters.OpenRegistryAsync(_folder, default))
        {
            await devices.SaveAsync(new RegisteredDevice { Address = Address, Name = Name, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
            var trouble = new DeviceTrouble(PeripheralFault.BondLost, SampleReadings.Start, "Pair it again.");
            await devices.NoteSessionAsync(Address, new DeviceSessionNote(SampleReadings.Start, trouble) { BatteryPercent = 71 }, default);
            byte[] model = "BPX-100"u8.ToArray();
            await devices.SetMemoryAsync(Address, new DeviceMemory { Descriptions = [new RememberedValue(0x180A, DeviceInformationProfile.ModelUuid, model)] }, default);
        }

        await using IAuditLog log = await Adapters.OpenAuditAsync(_folder, default);
        await log.AddAsync(new AuditNote(SampleReadings.Start, AuditActs.DevicePaired, "nurse 7", SampleReadings.Patient, Address), default);
    }
}
