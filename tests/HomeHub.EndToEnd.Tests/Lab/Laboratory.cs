using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Capture;
using HomeHub.Gateway.Demo;
using HomeHub.Simulation;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests.Lab;

/// <summary>A broker, a relay and a hub: real programs, real files, on loopback. All that they say is kept.</summary>
public sealed class Laboratory : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-e2e-").FullName;
    private readonly int _port = FreePort.Take();
    private readonly List<Executable> _programs = [];
    private Executable? _relay;

    private Laboratory(MosquittoBroker broker)
    {
        Broker = broker;
        HubFolder = Path.Combine(_folder, "hub");
        Api = new FhirApi(_port);
    }

    public MosquittoBroker Broker { get; }

    public FhirApi Api { get; }

    /// <summary>Data folder of the hub that is meant from now on.</summary>
    public string HubFolder { get; private set; }

    public string EnrolmentFile => Path.Combine(_folder, "enrolment.json");

    /// <summary>What hub and relay have logged so far.</summary>
    public string Logs => string.Join('\n', _programs.Select(program => program.Error + program.Output));

    public static async Task<Laboratory> OpenAsync(bool withRelay = true)
    {
        var lab = new Laboratory(await MosquittoBroker.StartAsync());
        if (withRelay)
        {
            await lab.StartRelayAsync();
        }

        return lab;
    }

    public async Task<Executable> StartRelayAsync(params string[] more)
    {
        _relay = Start(
            Executable.Relay, ["run", "--data", Path.Combine(_folder, "relay"), "--broker", Broker.Url, "--listen", $"http://127.0.0.1:{_port}", .. more]);
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Patience;
        while (!await Api.IsReadyAsync())
        {
            Assert.False(_relay.HasExited, $"The relay ended: {_relay.Error}");
            Assert.True(TimeProvider.System.GetUtcNow() < end, $"The relay did not get ready: {_relay.Error}");
            await Task.Delay(50);
        }

        return _relay;
    }

    public Task KillRelayAsync() => _relay!.KillAsync();

    public Task<int> StopRelayAsync() => _relay!.StopAsync();

    public Executable StartHub(params string[] more) => Start(Executable.Hub, ["run", "--data", HubFolder, "--broker", Broker.Url, .. more]);

    /// <summary>The same, started by a service manager that watches over it.</summary>
    public Executable StartWatchedHub(ServiceManagerDouble manager, TimeSpan watchdog, params string[] more)
    {
        var environment = new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = manager.Address, ["WATCHDOG_USEC"] = watchdog.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture),
        };
        var hub = Executable.Start(Executable.Hub, environment, ["run", "--data", HubFolder, "--broker", Broker.Url, .. more]);
        _programs.Add(hub);
        return hub;
    }

    /// <summary>The same with pages, once they are served.</summary>
    /// <param name="port">Their port.</param>
    /// <param name="more">More of the command line.</param>
    public async Task<Executable> StartHubWithPagesAsync(int port, params string[] more)
    {
        string configuration = Path.Combine(_folder, "pages.json");
        await File.WriteAllTextAsync(configuration, """{"recipients":["care-team"],"pages":{"redirectFrom":0}}""");
        Executable hub = StartHub(["--pages", $"https://127.0.0.1:{port}", "--config", configuration, .. more]);
        await Eventually.HoldsAsync(() => hub.Error.Contains("Pages at", StringComparison.Ordinal), "the pages are served");
        return hub;
    }

    /// <summary>What <c>homehub label</c> prints.</summary>
    public async Task<string> LabelAsync()
    {
        (int exit, string label, string error) = await CommandAsync("label", "--data", HubFolder);
        Assert.True(exit == 0, error);
        return label;
    }

    /// <summary>The same with a radio: what is on that bus.</summary>
    public Executable StartHubOn(PrivateBus bus, params string[] more) => Start(
        "/usr/bin/env", [$"DBUS_SYSTEM_BUS_ADDRESS={bus.Address}", Executable.Hub, "run", "--data", HubFolder, "--broker", Broker.Url, "--bluetooth", .. more]);

    /// <summary>Takes another hub, which has not run yet.</summary>
    public void UseHub(string name) => HubFolder = Path.Combine(_folder, name);

    /// <summary>Runs a command of the hub to its end.</summary>
    public async Task<(int Exit, string Output, string Error)> CommandAsync(params string[] arguments)
    {
        using var program = Executable.Start(Executable.Hub, arguments);
        int exit = await program.ExitAsync();
        return (exit, program.Output, program.Error);
    }

    /// <summary>What <c>homehub status --json</c> says.</summary>
    public async Task<JsonElement> StatusAsync()
    {
        (int exit, string output, string error) = await CommandAsync("status", "--data", HubFolder, "--json");
        Assert.True(exit == 0, error);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    /// <summary>Records what a person says about data.</summary>
    /// <param name="answer"><c>give</c>, <c>refuse</c> or <c>withdraw</c>.</param>
    /// <param name="patient">Whose data.</param>
    /// <param name="kind">Kind of data, or <c>all</c>.</param>
    /// <param name="more">More of the command line; the recipient is the care team unless it says otherwise.</param>
    public async Task ConsentAsync(string answer, string patient, string kind, params string[] more)
    {
        string[] recipient = more.Contains("--recipient") ? [] : ["--recipient", "care-team"];
        (int exit, _, string error) = await CommandAsync(
            ["consent", answer, "--patient", patient, "--kind", kind, "--present", "nurse 7", "--data", HubFolder, .. recipient, .. more]);
        Assert.True(exit == 0, error);
    }

    /// <summary>Who the hub is, once it has run.</summary>
    public HubIdentity ReadHub()
    {
        using var buffer = SqliteBufferReader.Open(HubFolder);
        return buffer.Hub ?? throw new InvalidOperationException("The hub has not run yet.");
    }

    /// <summary>A capture of a simulated household with that many measurements, each with all that belongs to its connection.</summary>
    public string WriteCapture(int measurements)
    {
        string path = Path.Combine(_folder, "capture.ndjson");
        var lines = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (DevicePayload payload in SimulatedHousehold.Generate(measurements))
        {
            CaptureLineWriter.Write(payload, lines);
        }

        File.WriteAllBytes(path, lines.WrittenSpan.ToArray());
        return path;
    }

    /// <summary>Asserts that the relay has each reading of a capture that is to be sent, and nothing twice.</summary>
    public Task AssertAllArrivedOnceAsync(string capture) => AssertAllArrivedOnceAsync(new ReplaySource(capture));

    /// <summary>The same for what a source gives, once more.</summary>
    public async Task AssertAllArrivedOnceAsync(IPayloadSource source)
    {
        DemoExpectation expected = await DemoExpectation.OfAsync([source], ReadHub(), default);
        using var client = new RelayClient(new Uri($"http://127.0.0.1:{_port}"));
        HashSet<Guid> observations = await client.ListObservationsAsync(default);
        Assert.True(expected.ToSend > 0);
        Assert.Equal(0, expected.CountLost(observations));
        Assert.Equal(expected.Observations, await Api.CountMeasurementsAsync());
        JsonElement status = await StatusAsync();
        Assert.Equal((expected.ToSend, 0, 0), (status.GetProperty("receipted").GetInt32(), status.GetProperty("buffered").GetInt32(), status.GetProperty("sent").GetInt32()));
        Assert.Equal(expected.Local, status.GetProperty("local").GetInt32());
        Assert.Equal(expected.ToSend + expected.Local, status.GetProperty("taken").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Executable program in _programs)
        {
            program.Dispose();
        }

        Api.Dispose();
        await Broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Executable Start(string path, string[] arguments)
    {
        var program = Executable.Start(path, arguments);
        _programs.Add(program);
        return program;
    }
}
