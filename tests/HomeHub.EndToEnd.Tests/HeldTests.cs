using System.Globalization;
using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>
/// A hub that does not know its time, or its place, as a process with a radio: what a cuff tells is held, outlasts a kill, and is given on once with the time at which
/// it came.
/// </summary>
public sealed class HeldTests : IAsyncLifetime
{
    private const string Address = "C0:FF:EE:00:00:01";

    /// <summary>The cuff's clock is slow by this.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(65);

    private static readonly TimeZoneInfo Home = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    private RadioHome _home = null!;

    private Laboratory Lab => _home.Lab;

    public async Task InitializeAsync() => _home = await RadioHome.OpenAsync();

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [Fact]
    public async Task What_a_device_told_before_the_time_was_known_is_sent_once_with_its_right_time()
    {
        DateTimeOffset began = Now();
        await _home.RegisterAsync(Address);
        await Lab.ConsentAsync("give", SampleReadings.Patient.Key, "all", "--from", "2026-01-01T00:00Z");

        // Nobody has said where the home is; where this machine's clock is not synchronised the time is not known either. One measurement without a stamp, one with.
        DateTimeOffset measured = began.AddMinutes(-2);
        StandInDevice cuff = Cuff(measured);
        using Executable held = Lab.StartHubOn(_home.Bus);
        await _home.AdvertiseUntilAsync(cuff, held, ": 2 values;");
        DateTimeOffset told = Now();
        JsonElement status = await StatusAsync(one => one.GetProperty("heldBecause").ValueKind == JsonValueKind.String);
        Assert.Contains(status.GetProperty("heldBecause").GetString(), (string[])["time-not-known", "time-zone-not-set"]);
        int count = status.GetProperty("held").GetInt32();
        Assert.True(count >= 3, status.GetRawText());
        Assert.Equal((0, 0), (status.GetProperty("taken").GetInt32(), status.GetProperty("quarantined").GetInt32()));
        await held.KillAsync();
        Assert.Equal(count, (await Lab.StatusAsync()).GetProperty("held").GetInt32());

        // The same start of the system; now the clock is known, and so is the home. The cuff is asleep.
        string config = Path.Combine(Lab.HubFolder, "homehub.json");
        await File.WriteAllTextAsync(config, """{ "clock": { "trust": "always" }, "timeZone": "Europe/Madrid" }""");
        using Executable knowing = Lab.StartHubOn(_home.Bus, "--config", config);
        status = await StatusAsync(one => one.GetProperty("receipted").GetInt32() == 2 && one.GetProperty("held").GetInt32() == 0);
        Assert.Equal((2, 0, 0), (status.GetProperty("taken").GetInt32(), status.GetProperty("duplicates").GetInt32(), status.GetProperty("quarantined").GetInt32()));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("heldBecause").ValueKind);
        DateTimeOffset[] times = await TimesAsync();
        Assert.InRange(times[0], measured.AddSeconds(-3), measured.AddSeconds(3));
        Assert.InRange(times[1], began.AddSeconds(-2), told.AddSeconds(2));
        Assert.All(times, time => Assert.Equal(Home.GetUtcOffset(time), time.Offset));
        Assert.InRange(await LastValueAsync(config), began.AddSeconds(-2), told.AddSeconds(2));
        int observations = await Lab.Api.CountMeasurementsAsync();

        // Killed and started again, nothing comes twice.
        await knowing.KillAsync();
        using Executable again = Lab.StartHubOn(_home.Bus, "--config", config);
        status = await StatusAsync(one => one.GetProperty("broker").GetString() == "connected");
        Assert.Equal((2, 2, 0), (status.GetProperty("taken").GetInt32(), status.GetProperty("receipted").GetInt32(), status.GetProperty("held").GetInt32()));
        Assert.Equal(observations, await Lab.Api.CountMeasurementsAsync());
        Assert.Equal(0, await again.StopAsync());
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    /// <summary>A cuff whose clock is slow, which tells 128/83 without a stamp and 120/80 with one.</summary>
    private static StandInDevice Cuff(DateTimeOffset measured) => new(
        Address,
        "Cuff",
        new StandInCharacteristic(0x1810, 0x2A35, 0x10, "indicate")
        {
            AtSubscription = [Convert.FromHexString("00800053005D00"), [0x02, 0x78, 0, 0x50, 0, 0x5D, 0, .. Stamp(measured - Slow)]],
        },
        new StandInCharacteristic(0x1805, 0x2A2B, 0x20, "read") { OnRead = () => Task.FromResult<byte[]>([.. Stamp(Now() - Slow), 0, 0, 0]) })
    {
        Services = ["00001810-0000-1000-8000-00805f9b34fb"],
    };

    /// <summary>A Date Time of the home, which has no offset.</summary>
    private static byte[] Stamp(DateTimeOffset at)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, Home);
        return [(byte)local.Year, (byte)(local.Year >> 8), (byte)local.Month, (byte)local.Day, (byte)local.Hour, (byte)local.Minute, (byte)local.Second];
    }

    private async Task<JsonElement> StatusAsync(Func<JsonElement, bool> holds)
    {
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () =>
            {
                status = await Lab.StatusAsync();
                return holds(status);
            },
            () => $"{status} {Lab.Logs}",
            Executable.Patience,
            TimeSpan.FromMilliseconds(200));
        return status;
    }

    /// <summary>When the two measurements were made, as FHIR says it, the older one first.</summary>
    private async Task<DateTimeOffset[]> TimesAsync()
    {
        (int exit, string fhir, string error) = await Lab.CommandAsync("export", "--data", Lab.HubFolder, "--patient", SampleReadings.Patient.Key);
        Assert.True(exit == 0, error);
        IEnumerable<JsonElement> observations = JsonSerializer.Deserialize<JsonElement>(fhir).GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource"))
            .Where(resource => resource.GetProperty("resourceType").GetString() == "Observation" && resource.GetRawText().Contains("\"150020\"", StringComparison.Ordinal));
        DateTimeOffset[] times =
            [.. observations.Select(one => DateTimeOffset.Parse(one.GetProperty("effectiveDateTime").GetString()!, CultureInfo.InvariantCulture)).Order()];
        Assert.Equal(2, times.Length);
        return times;
    }

    private async Task<DateTimeOffset> LastValueAsync(string config)
    {
        (int exit, string list, string error) = await Lab.CommandAsync("devices", "list", "--json", "--data", Lab.HubFolder, "--config", config);
        Assert.True(exit == 0, error);
        return JsonSerializer.Deserialize<JsonElement>(list).GetProperty("lastValueAt").GetDateTimeOffset();
    }
}
