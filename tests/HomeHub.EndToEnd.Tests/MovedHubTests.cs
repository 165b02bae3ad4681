using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HomeHub.Core.Peripherals;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>A hub with a radio is moved at its pages and goes back: in between it takes nothing, also after a kill, and then it does again, all in the same process.</summary>
public sealed partial class MovedHubTests : IAsyncLifetime, IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private readonly int _port = MosquittoBroker.FreePort();
    private readonly HttpClient _nurse = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
    private PrivateBus _bus = null!;
    private BlueZStandIn _bluez = null!;
    private Laboratory _lab = null!;

    private string Root => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{_port}");

    public async Task InitializeAsync()
    {
        _bus = await PrivateBus.StartAsync();
        _bluez = await BlueZStandIn.StartAsync(_bus.Address);
        _lab = await Laboratory.OpenAsync(withRelay: false);
    }

    public async Task DisposeAsync()
    {
        await _lab.DisposeAsync();
        await _bluez.DisposeAsync();
        await _bus.DisposeAsync();
    }

    public void Dispose() => _nurse.Dispose();

    [Fact]
    public async Task While_it_is_moved_a_hub_reads_no_device_and_after_the_way_back_it_does()
    {
        Directory.CreateDirectory(_lab.HubFolder);
        await using (SqliteDeviceRegistry registry = await SqliteDeviceRegistry.OpenAsync(_lab.HubFolder, default))
        {
            await registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = TimeProvider.System.GetUtcNow().AddDays(-9) }, default);
        }

        string config = Path.Combine(Path.GetDirectoryName(_lab.HubFolder)!, "homehub.json");
        await File.WriteAllTextAsync(config, """{ "clock": { "trust": "always" }, "timeZone": "Europe/Madrid", "pages": { "redirectFrom": 0 } }""");
        using (Executable hub = Start(config))
        {
            await ServesAsync(hub, 1);
            await PostAsync("/claim", ("code", await ReadClaimCodeAsync()), ("pin", "739104"), ("again", "739104"));
            await PostAsync("/move", ("confirmed", "yes"));
            await ServesAsync(hub, 2);
            Assert.Contains("it takes and sends nothing", hub.Error, StringComparison.Ordinal);
            await hub.KillAsync();
        }

        StandInDevice cuff = new(
            Address, "Cuff", new StandInCharacteristic(0x1810, 0x2A35, 0x10, "indicate") { AtSubscription = [Convert.FromHexString("00800053005D00")] })
        {
            Services = ["00001810-0000-1000-8000-00805f9b34fb"],
        };
        using Executable again = Start(config);
        await ServesAsync(again, 1);
        for (int i = 0; i < 20; i++)
        {
            await _bluez.AdvertiseAsync(cuff);
            await Task.Delay(50);
        }

        Assert.DoesNotContain("values;", again.Error, StringComparison.Ordinal);
        Assert.Contains("This hub takes nothing and sends nothing any more", await (await _nurse.GetAsync(new Uri(Root + "/status"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await PostAsync("/moved/undo", ("confirmed", "yes"));
        await ServesAsync(again, 2);
        await Eventually.HoldsAsync(
            async () =>
            {
                await _bluez.AdvertiseAsync(cuff);
                return again.HasExited || again.Error.Contains(": 1 values;", StringComparison.Ordinal);
            },
            () => again.Error,
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(50));
        await Eventually.HoldsAsync(async () => (await _lab.StatusAsync()).GetProperty("taken").GetInt32() == 1, () => again.Error, Executable.Patience, TimeSpan.FromMilliseconds(200));
        Assert.Equal(0, await again.StopAsync());
    }

    private static Task ServesAsync(Executable hub, int times) =>
        Eventually.HoldsAsync(() => hub.HasExited || Regex.Count(hub.Error, "Pages at") == times, $"the pages are served, {times}");

    private Executable Start(string config) => _lab.StartHubOn(_bus, "--pages", Root, "--config", config);

    private async Task<string> ReadClaimCodeAsync()
    {
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_lab.HubFolder, default);
        return (await household.GetClaimCodeAsync(default))!;
    }

    /// <summary>Opens a page, and sends its form.</summary>
    private async Task PostAsync(string path, params (string Name, string Value)[] fields)
    {
        string page = await _nurse.GetStringAsync(new Uri(Root + path));
        string token = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using HttpResponseMessage answer = await _nurse.PostAsync(new Uri(Root + path), form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
