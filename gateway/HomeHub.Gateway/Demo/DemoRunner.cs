using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Export;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Capture;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Requests;
using HomeHub.Gateway.Status;
using HomeHub.Simulation;
using HomeHub.Simulation.Household;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Demo;

/// <summary>
/// The demonstration: a broker and a relay on loopback, a hub with a simulated household and with what real devices once sent; the broker is
/// cut off in the middle. In the end what the sources gave is compared with what the relay has.
/// </summary>
internal sealed class DemoRunner : IDisposable
{
    /// <summary>The demonstration gives up after this time; it takes about half a minute.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private const int Sources = 2;
    private static readonly string[] Brokers = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"];
    private static readonly TimeSpan CutAfter = TimeSpan.FromSeconds(7), CutFor = TimeSpan.FromSeconds(5), StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly DemoOptions _options;
    private readonly TextWriter _text;
    private readonly TimeProvider _time;
    private readonly SystemHubClock _clock = new(trustsAlways: true);
    private readonly DemoBoard _board = new();
    private readonly int _brokerPort = FreePort(), _relayPort = FreePort(), _pagesPort = FreePort();
    private DemoProcess? _broker, _relay, _hub;

    public DemoRunner(DemoOptions options, TextWriter text, TimeProvider time)
    {
        _options = options;
        _text = text;
        _time = time;
    }

    private string BrokerUrl => $"mqtt://127.0.0.1:{_brokerPort}";

    private Uri RelayUrl => new($"http://127.0.0.1:{_relayPort}");

    private string RelayText => RelayUrl.AbsoluteUri.TrimEnd('/');

    private string ConfigurationPath => Path.Combine(_options.Folder, "hub.json");

    private string PagesUrl => $"https://127.0.0.1:{_pagesPort}";

    private string HubFolder => Path.Combine(_options.Folder, "hub");

    /// <summary>Runs the demonstration.</summary>
    /// <returns>The exit status: done only when nothing was lost, rejected or left.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        Directory.CreateDirectory(_options.Folder);
        string household = WriteHousehold();
        Task way = RunWayAsync(household, limit.Token);
        if (_options.Plain || Console.IsOutputRedirected)
        {
            _board.Stepped += (reading, step) => _text.WriteLine($"reading {reading.Number}, {reading.Name} from {reading.Model}: {step}");
        }
        else
        {
            await DemoScreen.ShowAsync(_board, way, _time).ConfigureAwait(false);
        }

        await way.ConfigureAwait(false);
        return await SumUpAsync(household, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends what was started, unless it is to be kept.</summary>
    public void End(bool keep)
    {
        if (!keep)
        {
            _hub?.End();
            _relay?.End();
            _broker?.End();
        }
    }

    public void Dispose()
    {
        _hub?.Dispose();
        _relay?.Dispose();
        _broker?.Dispose();
    }

    private async Task RunWayAsync(string household, CancellationToken cancellation)
    {
        Tell($"A broker listens on {BrokerUrl}, the cloud relay on {RelayText}");
        File.WriteAllText(
            Path.Combine(_options.Folder, "mosquitto.conf"), $"listener {_brokerPort} 127.0.0.1\nallow_anonymous true\npersistence false\n");
        _broker = StartBroker();
        _relay = DemoProcess.Start(
            Log("relay"), null, _options.Relay, "run", "--data", Path.Combine(_options.Folder, "relay"), "--broker", BrokerUrl, "--listen", RelayText);
        await WaitForRelayAsync(cancellation).ConfigureAwait(false);
        File.WriteAllText(ConfigurationPath, """{ "pages": { "redirectFrom": 0 }, "room": { "sensor": "off" } }""");
        _hub = DemoProcess.Start(
            Log("hub"), _board.OnLine, Environment.ProcessPath!,
            "run", "--data", HubFolder, "--broker", BrokerUrl, "--simulate", household, "--replay", _options.Captures, "--show-readings",
            "--pages", PagesUrl, "--config", ConfigurationPath);
        await Task.Delay(CutAfter, _time, cancellation).ConfigureAwait(false);
        _broker.Kill();
        _broker.Dispose();
        _broker = null;
        Tell("The broker is cut off: readings wait on the hub");
        await Task.Delay(CutFor, _time, cancellation).ConfigureAwait(false);
        _broker = StartBroker();
        Tell("The broker is back");
        await WaitDrainedAsync(cancellation).ConfigureAwait(false);
        Tell("Every reading has arrived");
    }

    private DemoProcess StartBroker() =>
        DemoProcess.Start(Log("broker"), null, FindBroker(), "-c", Path.Combine(_options.Folder, "mosquitto.conf"));

    private async Task WaitForRelayAsync(CancellationToken cancellation)
    {
        using var client = new RelayClient(RelayUrl);
        long asked = _time.GetTimestamp();
        while (!await client.IsLiveAsync(cancellation).ConfigureAwait(false))
        {
            if (_relay!.HasExited || _time.GetElapsedTime(asked) > StartLimit)
            {
                throw new CommandFailedException($"The relay did not start; it says why in {Log("relay")}");
            }

            await Task.Delay(LookInterval, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task WaitDrainedAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_hub!.HasExited)
            {
                throw new CommandFailedException($"The hub ended early; it says why in {Log("hub")}");
            }

            if (_board.SourcesEnded == Sources)
            {
                HubStatus status = await StatusCommand.ReadAsync(HubFolder, _time, _clock, cancellation).ConfigureAwait(false);
                if (status.Counts.Buffered + status.Counts.Sent == 0)
                {
                    return;
                }
            }

            await Task.Delay(LookInterval, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<int> SumUpAsync(string household, CancellationToken cancellation)
    {
        BufferCounts counts;
        HubIdentity hub;
        using (SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(HubFolder, _time, cancellation).ConfigureAwait(false))
        {
            counts = await buffer.CountAsync(cancellation).ConfigureAwait(false);
            hub = buffer.Hub ?? throw new CommandFailedException("The hub left no buffer.");
            await ExportAsync(buffer, hub, cancellation).ConfigureAwait(false);
        }

        var expected = await DemoExpectation.OfAsync([Simulate(household, 0), new ReplaySource(_options.Captures)], hub, cancellation).ConfigureAwait(false);
        using var client = new RelayClient(RelayUrl);
        HashSet<Guid> observations = await client.ListObservationsAsync(cancellation).ConfigureAwait(false);
        int lost = expected.CountLost(observations) + Math.Max(0, expected.Local - (int)counts.Local) + Math.Max(0, expected.Quarantined - (int)counts.Quarantined);
        await _text.WriteLineAsync().ConfigureAwait(false);
        WriteFigure("taken", counts.Taken);
        WriteFigure("receipted", counts.Receipted);
        WriteFigure("sent again", counts.SentAgain);
        WriteFigure("quarantined", counts.Quarantined);
        WriteFigure("kept on the hub", counts.Local);
        WriteFigure("rejected", counts.Rejected);
        WriteFigure("observations at the relay", observations.Count);
        WriteFigure("lost", lost);
        await TellWhereAsync(cancellation).ConfigureAwait(false);
        bool isWhole = lost == 0 && counts.Rejected == 0 && counts.Buffered + counts.Sent == 0 && expected.ToSend > 0;
        return isWhole ? ExitCodes.Done : ExitCodes.Failed;
    }

    private void WriteFigure(string name, long figure) => _text.WriteLine($"{name}: {figure.ToString(CultureInfo.InvariantCulture)}");

    private async Task ExportAsync(SqliteBufferReader buffer, HubIdentity hub, CancellationToken cancellation)
    {
        foreach (PatientReference patient in await buffer.ListPatientsAsync(cancellation).ConfigureAwait(false))
        {
            FileStream file = File.Create(ExportPath(patient));
            await using (file.ConfigureAwait(false))
            {
                await Adapters.CreateExport(hub).WriteAsync(
                    ExportFormat.Fhir, buffer.ReadHistoryAsync(patient, cancellation).Select(reading => reading.Record), file, cancellation).ConfigureAwait(false);
            }
        }
    }

    private string ExportPath(PatientReference patient) => Path.Combine(_options.Folder, $"export-{patient.IdentifierPart}.json");

    private async Task TellWhereAsync(CancellationToken cancellation)
    {
        await _text.WriteLineAsync().ConfigureAwait(false);
        await _text.WriteLineAsync($"Each patient's readings as a FHIR Bundle: {Path.Combine(_options.Folder, "export-*.json")}").ConfigureAwait(false);
        string curl = $"curl '{RelayUrl.AbsoluteUri}fhir/Observation?subject=Patient/anna&_count=5'";
        string pages = $"{PagesUrl}/ (claim code {await ReadClaimCodeAsync(cancellation).ConfigureAwait(false)}; the browser does not know the hub's key, and asks)";
        if (_options.Keep)
        {
            await _text.WriteLineAsync($"The relay's FHIR API: {curl}").ConfigureAwait(false);
            await _text.WriteLineAsync($"The pages for nurse and patient: {pages}").ConfigureAwait(false);
            await _text.WriteLineAsync($"Hub, relay and broker keep running. To stop them: kill {_hub!.Id} {_relay!.Id} {_broker!.Id}").ConfigureAwait(false);
        }
        else
        {
            await _text.WriteLineAsync($"The relay's FHIR API, with --keep (everything is stopped now): {curl}").ConfigureAwait(false);
            await _text.WriteLineAsync($"The pages for nurse and patient, of the same household: {pages}, while this runs:").ConfigureAwait(false);
            await _text.WriteLineAsync($"{Environment.ProcessPath} run --data {HubFolder} --broker {BrokerUrl} --pages {PagesUrl} --config {ConfigurationPath}").ConfigureAwait(false);
        }
    }

    private async Task<string> ReadClaimCodeAsync(CancellationToken cancellation)
    {
        IHousehold household = await Adapters.OpenHouseholdAsync(HubFolder, cancellation).ConfigureAwait(false);
        await using (household.ConfigureAwait(false))
        {
            return await household.GetClaimCodeAsync(cancellation).ConfigureAwait(false) ?? "used";
        }
    }

    /// <summary>The household with its start written down, so that it can be read a second time for the comparison.</summary>
    private string WriteHousehold()
    {
        HouseholdDescription description = HouseholdFile.Read(_options.Household);
        DateTimeOffset start = new SimulatedHousehold(description, _time).StartsAt;
        string source = _options.Household == HouseholdFile.DemoName ? HouseholdFile.DemoText() : File.ReadAllText(_options.Household);
        JsonObject json = JsonNode.Parse(source, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        json["startsAt"] = start.ToString("O", CultureInfo.InvariantCulture);
        string path = Path.Combine(_options.Folder, "household.json");
        File.WriteAllText(path, json.ToJsonString());
        Tell($"A household of {description.Devices.Count} simulated devices, seed {description.Seed}, and captures of real devices");
        return path;
    }

    private SimulatedHousehold Simulate(string household, double speed) => new(HouseholdFile.Read(household) with { Speed = speed }, _time);

    private void Tell(string news)
    {
        _board.News = news;
        if (_options.Plain || Console.IsOutputRedirected)
        {
            _text.WriteLine($"== {news}");
            _text.Flush();
        }
    }

    private string Log(string name) => Path.Combine(_options.Folder, name + ".log");

    private static string FindBroker() =>
        Brokers.FirstOrDefault(File.Exists)
        ?? throw new CommandFailedException("mosquitto is not installed: apt-get install mosquitto");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
