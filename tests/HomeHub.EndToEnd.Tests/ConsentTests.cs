using System.Buffers;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Simulation;
using HomeHub.Simulation.Household;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What people decide, seen at the broker: every byte that leaves the hub.</summary>
public sealed class ConsentTests
{
    private const string PressureCode = "85354-9", Monitor = "BP-OPEN";

    [Fact]
    public async Task Of_what_is_refused_not_a_byte_is_on_any_topic_nor_of_its_device()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await using BrokerSpy spy = await BrokerSpy.StartAsync(lab.Broker);
        await lab.ConsentAsync("give", "Patient/p1", "blood-pressure", "--from", "2026-01-01T00:00Z");
        await lab.ConsentAsync("refuse", "Patient/p1", "glucose");
        using Executable hub = lab.StartHub("--simulate", WriteHousehold(lab), "--config", WriteConfiguration(lab));
        JsonElement status = await SettlesAsync(lab, now => now.GetProperty("withheld").GetInt32() > 0 && IsDrained(now) && now.GetProperty("receipted").GetInt32() > 0);

        Assert.Contains(spy.BundlesTo("care-team"), text => text.Contains(PressureCode, StringComparison.Ordinal) && text.Contains(Monitor, StringComparison.Ordinal));
        Assert.Empty(spy.BundlesTo("family"));
        GlucoseTraces.AssertNone(spy);
        Assert.DoesNotContain(spy.Messages, message => message.Text.Contains("nurse 7", StringComparison.Ordinal));

        // Every glucose record and the meter's battery stay for the care team; all of it stays for the family. What a rule keeps here goes to nobody anyway.
        int mayGo = status.GetProperty("taken").GetInt32() - status.GetProperty("local").GetInt32();
        Assert.Equal(mayGo * 2, status.GetProperty("withheld").GetInt32() + status.GetProperty("receipted").GetInt32());
        Assert.Equal(0, await hub.StopAsync());
        GlucoseTraces.AssertNone(spy);

        // The platform is told how far the log of what persons did has come: two decisions.
        string mark = spy.Messages.Last(message => message.Topic.EndsWith("/status", StringComparison.Ordinal) && message.Text.Contains("\"audit\"", StringComparison.Ordinal)).Text;
        mark = JsonSerializer.Deserialize<JsonElement>(mark).GetProperty("audit").GetString()!;
        Assert.StartsWith("2:", mark, StringComparison.Ordinal);
        (int exit, _, string error) = await lab.CommandAsync("audit", "verify", "--mark", mark, "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
    }

    [Fact]
    public async Task A_withdrawal_holds_at_once_and_after_a_restart_and_a_new_consent_sets_free_what_the_person_chose()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await using BrokerSpy spy = await BrokerSpy.StartAsync(lab.Broker);
        await lab.ConsentAsync("give", "Patient/p1", "all", "--from", "2026-01-01T00:00Z");
        string household = WriteHousehold(lab), configuration = WriteConfiguration(lab);
        using (Executable hub = lab.StartHub("--simulate", household, "--config", configuration))
        {
            await SettlesAsync(lab, now => IsDrained(now) && now.GetProperty("receipted").GetInt32() > 0);
            await Eventually.HoldsAsync(() => spy.BundlesTo("care-team").Any(text => text.Contains("\"Consent\"", StringComparison.Ordinal)), "the care team is told of the consent");
            await lab.ConsentAsync("withdraw", "Patient/p1", "blood-pressure");
            await Eventually.HoldsAsync(() => spy.BundlesTo("care-team").Any(text => text.Contains("\"deny\",\"period\"", StringComparison.Ordinal)), "the care team is told of the withdrawal");
            await hub.KillAsync();
        }

        int before = spy.Messages.Count;
        await lab.ConsentAsync("give", "Patient/p1", "glucose", "--recipient", "family", "--from", "2026-11-22T10:00+01:00", "--config", configuration);
        (int exit, _, string error) = await lab.CommandAsync(
            "readings", "enter", "--patient", "Patient/p1", "--by", "nurse 7", "--data", lab.HubFolder, "--kind", "blood-pressure", "--systolic", "128", "--diastolic", "83",
            "--unit", "mmHg", "--at", "2026-11-22T09:00+01:00");
        Assert.True(exit == 0, error);
        using Executable again = lab.StartHub("--config", configuration);
        await Eventually.HoldsAsync(() => spy.BundlesTo("family").Any(text => text.Contains("\"resourceType\":\"Observation\"", StringComparison.Ordinal)), "the family gets what was set free");
        await SettlesAsync(lab, now => now.GetProperty("buffered").GetInt32() == 0);
        Assert.DoesNotContain(
            spy.Messages.Skip(before), message => message.Topic.Contains("/bundle/", StringComparison.Ordinal)
                && !message.Text.Contains("\"resourceType\":\"Consent\"", StringComparison.Ordinal) && message.Text.Contains(PressureCode, StringComparison.Ordinal));
        string[] times =
        [
            .. spy.BundlesTo("family").SelectMany(Resources)
                .Where(one => one.GetProperty("resourceType").GetString() == "Observation" && one.GetProperty("subject").GetProperty("reference").GetString() == "Patient/p1")
                .Select(one => one.GetProperty("effectiveDateTime").GetString()!),
        ];
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.True(DateTimeOffset.Parse(time, null) >= DateTimeOffset.Parse("2026-11-22T10:00+01:00", null), time));
        Assert.Equal(0, await again.StopAsync());
    }

    [Fact]
    public async Task A_device_that_measures_what_is_refused_too_is_no_meter_of_it_until_it_is_given()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await using BrokerSpy spy = await BrokerSpy.StartAsync(lab.Broker);
        await lab.ConsentAsync("give", "Patient/p1", "blood-pressure", "--from", "2026-01-01T00:00Z");
        await lab.ConsentAsync("refuse", "Patient/p1", "glucose");
        using Executable hub = lab.StartHub("--replay", await WriteCaptureOfBothAsync(lab));
        await Eventually.HoldsAsync(
            async () => await lab.StatusAsync() is var now && now.GetProperty("withheld").GetInt32() > 0 && now.GetProperty("receipted").GetInt32() > 0 && IsDrained(now),
            () => $"the pressure is receipted: {lab.Logs}",
            TimeSpan.FromSeconds(60),
            TimeSpan.FromMilliseconds(200));
        GlucoseTraces.AssertNone(spy);
        JsonElement[] asMonitor = DevicesTo(spy);
        Assert.NotEmpty(asMonitor);
        Assert.All(asMonitor, device => Assert.Equal(["528391"], SpecializationsOf(device)));

        await lab.ConsentAsync("give", "Patient/p1", "glucose", "--from", "2026-01-01T00:00Z");
        await Eventually.HoldsAsync(() => DevicesTo(spy).Any(IsOfBoth), "the device goes again, as what it is");
        JsonElement whole = DevicesTo(spy).First(IsOfBoth);
        Assert.Equal(asMonitor[0].GetProperty("identifier").GetRawText(), whole.GetProperty("identifier").GetRawText());
        Assert.Equal(0, await hub.StopAsync());

        static bool IsOfBoth(JsonElement device) => SpecializationsOf(device) is ["528401", "528391"];
    }

    [Fact]
    public async Task Each_recipients_relay_stores_and_serves_what_is_given_to_it_and_its_own_extract_of_the_consent()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        int port = FreePort.Take();
        using Executable relay = Executable.Start(
            Executable.Relay, "run", "--data", Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, "family"), "--recipient", "family", "--broker", lab.Broker.Url, "--listen", $"http://127.0.0.1:{port}");
        using var family = new FhirApi(port);
        await Eventually.HoldsAsync(family.IsReadyAsync, () => $"the family's relay is ready: {relay.Error}", Executable.Patience, TimeSpan.FromMilliseconds(100));
        string configuration = WriteConfiguration(lab);
        await lab.ConsentAsync("give", "Patient/p1", "blood-pressure", "--from", "2026-01-01T00:00Z");
        await lab.ConsentAsync("give", "Patient/p1", "glucose", "--recipient", "family", "--from", "2026-01-01T00:00Z", "--config", configuration);
        using Executable hub = lab.StartHub("--simulate", WriteHousehold(lab), "--config", configuration);
        await SettlesAsync(lab, now => IsDrained(now) && now.GetProperty("receipted").GetInt32() > 0);

        Assert.True(await lab.Api.CountAsync("code=85354-9") > 0);
        Assert.Equal(0, await lab.Api.CountAsync("code=15074-8,2339-0"));
        Assert.True(await family.CountMeasurementsAsync() > 0);
        Assert.Equal(0, await family.CountAsync("code=85354-9"));
        await Eventually.HoldsAsync(
            async () => (await lab.Api.SearchAsync("Consent?patient=Patient/p1")).Count + (await family.SearchAsync("Consent?patient=Patient/p1")).Count == 2,
            () => lab.Logs, Executable.Patience, TimeSpan.FromMilliseconds(200));
        JsonElement toCareTeam = Assert.Single(await lab.Api.SearchAsync("Consent?patient=Patient/p1")), toFamily = Assert.Single(await family.SearchAsync("Consent?patient=Patient/p1"));
        Assert.DoesNotContain("lucose", toCareTeam.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("lucose", toFamily.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("nurse 7", toCareTeam.GetRawText() + toFamily.GetRawText(), StringComparison.Ordinal);
        Assert.True((await lab.Api.GetAsync($"Consent/{toCareTeam.GetProperty("id").GetString()}/_history")).GetProperty("total").GetInt32() >= 1);
        Assert.Equal(0, await hub.StopAsync());
    }

    private static JsonElement[] DevicesTo(BrokerSpy spy) =>
    [
        .. spy.BundlesTo("care-team").SelectMany(Resources)
            .Where(one => one.GetProperty("resourceType").GetString() == "Device" && one.TryGetProperty("modelNumber", out JsonElement model) && model.GetString() == Monitor),
    ];

    private static string[] SpecializationsOf(JsonElement device) =>
    [
        .. device.GetProperty("specialization").EnumerateArray().Select(one => one.GetProperty("systemType").GetProperty("coding")[0].GetProperty("code").GetString()!),
    ];

    /// <summary>A connection with one device that tells a glucose, a blood pressure, and both once more.</summary>
    private static async Task<string> WriteCaptureOfBothAsync(Laboratory lab)
    {
        HouseholdDescription household = HouseholdFile.Read(WriteHousehold(lab));
        household = household with
        {
            Devices = [.. household.Devices.Select(device => device with { Model = Monitor, Connections = 2, BatteryPercent = null, FirstAfterMinutes = device.Model == Monitor ? 30 : 0 })],
        };
        List<DevicePayload> payloads = [];
        await foreach (SourceItem item in new SimulatedHousehold(household, TimeProvider.System).ReadAsync(default))
        {
            payloads.Add(item.Payload!);
        }

        var lines = new ArrayBufferWriter<byte>();
        foreach (DevicePayload payload in payloads)
        {
            CaptureLineWriter.Write(payload with { Session = "both", Device = payloads[^1].Device }, lines);
        }

        return Write(lab, "both.ndjson", System.Text.Encoding.UTF8.GetString(lines.WrittenSpan));
    }

    private static IEnumerable<JsonElement> Resources(string bundle) =>
        JsonSerializer.Deserialize<JsonElement>(bundle).GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource"));

    private static bool IsDrained(JsonElement status) => status.GetProperty("buffered").GetInt32() + status.GetProperty("sent").GetInt32() == 0;

    private static async Task<JsonElement> SettlesAsync(Laboratory lab, Func<JsonElement, bool> holds)
    {
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () => lab.Logs.Contains("The simulation has ended", StringComparison.Ordinal) && holds(status = await lab.StatusAsync()),
            () => $"{status} {lab.Logs}",
            TimeSpan.FromSeconds(90),
            TimeSpan.FromMilliseconds(200));
        return status;
    }

    private static string WriteConfiguration(Laboratory lab) => Write(lab, "hub.json", """{ "recipients": ["care-team", "family"] }""");

    private static string WriteHousehold(Laboratory lab) => Write(lab, "household.json", $$"""
        {
          "seed": 5, "startsAt": "2026-11-22T08:00:00+01:00",
          "devices": [
            { "kind": "blood-pressure", "patient": "Patient/p1", "address": "C0:FF:EE:00:00:01", "model": "{{Monitor}}", "connections": 2, "everyMinutes": 60, "batteryPercent": 80 },
            { "kind": "glucose-meter", "patient": "Patient/p1", "address": "{{GlucoseTraces.Address}}", "model": "{{GlucoseTraces.Model}}", "connections": 4, "everyMinutes": 60, "batteryPercent": 70 }
          ]
        }
        """);

    private static string Write(Laboratory lab, string name, string text)
    {
        string path = Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, name);
        File.WriteAllText(path, text);
        return path;
    }
}
