using HomeHub.CloudRelay.Api;
using HomeHub.CloudRelay.Commands;
using HomeHub.CloudRelay.Forwarding;
using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Store;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using HomeHub.Mosquitto;

namespace HomeHub.CloudRelay;

/// <summary>A running relay: store, broker, API and forwarding, put together.</summary>
internal sealed class Relay : IRelayHealth, IAsyncDisposable
{
    private const string ClientIdFile = "mqtt-client-id";

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RelayMetrics _metrics = new();
    private readonly TelemetryExport? _export;
    private readonly RelayStore _store;
    private readonly string _recipient;
    private readonly BundleWriter _writer;
    private readonly StoreGate _gate;
    private readonly MosquittoClient _client;
    private readonly ReceiptSender _receipts;
    private readonly IntakePipeline _pipeline;
    private readonly Forwarder? _forwarder;
    private readonly WebApplication _web;
    private readonly ILogger _log;
    private Task _work = Task.CompletedTask;

    private Relay(RelayOptions options, RelayStore store, TimeProvider clock)
    {
        _store = store;
        _recipient = options.Recipient;
        _writer = new BundleWriter(store, options.Enrolment);
        _web = ApiServer.Build(options.Listen, options.Security, store, this, clock, logging => ConfigureLogging(logging, options));
        _log = _web.Logger;
        _export = options.OtlpEndpoint is { } endpoint ? new TelemetryExport(endpoint) : null;
        _gate = new StoreGate(store, _writer, clock, _metrics, _log);
        _client = new MosquittoClient(BrokerOptions(options, clock));
        _client.StateChanged += (_, change) => _log.LogInformation("Broker {Broker}: {State}", options.Broker, change.State);
        _receipts = new ReceiptSender(_client, clock, _metrics, _log, _stop.Token);
        var hubs = new HubBoard(_log);
        _pipeline = new IntakePipeline(_client, _gate, _receipts, hubs, clock, _metrics, _log);
        if (options.FhirServer is { } server)
        {
            _forwarder = new Forwarder(store, new FhirServerClient(server, options.FhirToken), clock, _metrics, _log);
            _pipeline.Committed += _forwarder.Wake;
        }

        _metrics.Observe("hubs.online", "{hub}", "Hubs that say they are online.", () => hubs.Online);
        _metrics.Observe("hubs.waiting", "{reading}", "Readings that hubs still hold, by their own count.", () => hubs.Waiting);
        _metrics.Observe("hubs.in_need", "{hub}", "Hubs whose own check says that somebody should look at them.", () => hubs.InNeed);
        _metrics.Observe("broker.connected", "1", "1 while the broker is connected.", () => _client.State == MosquittoState.Connected ? 1 : 0);
    }

    /// <summary>The URL of the API.</summary>
    public Uri Address => ApiServer.Address(_web);

    /// <summary>Completes when the relay was told to stop (SIGTERM, Ctrl-C), fails when its work failed.</summary>
    public Task Ended => EndedAsync();

    /// <summary>Starts a relay. It runs without the broker too, and connects as soon as it can.</summary>
    /// <exception cref="IOException">The data folder can't be used, or the port is taken.</exception>
    public static async Task<Relay> StartAsync(RelayOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var store = RelayStore.Open(options.Data, options.Recipient);
        Relay relay;
        try
        {
            relay = new Relay(options, store, clock);
        }
        catch
        {
            store.Dispose();
            throw;
        }

        try
        {
            await relay.StartAsync(cancellation);
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public string? NotReady() =>
        _gate.Probe() is not null ? "store: can't be written"
        : _client.State != MosquittoState.Connected ? "broker: not connected"
        : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First no more Bundles, then their receipts, then the connection that carries them.
        await _stop.CancelAsync();
        await _work.ContinueWith(static _ => { }, TaskScheduler.Default);
        await _receipts.DisposeAsync();
        await _client.DisposeAsync();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _forwarder?.Dispose();
        // The last export asks the gauges, and these ask the store.
        _export?.Dispose();
        _writer.Dispose();
        _store.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    private static MosquittoOptions BrokerOptions(RelayOptions options, TimeProvider clock) => new()
    {
        Address = options.Broker,
        ClientId = ClientId(options.Data),
        Username = options.BrokerUser,
        Password = options.BrokerPassword,
        CaFile = options.BrokerFiles.Ca,
        CertificateFile = options.BrokerFiles.Certificate,
        KeyFile = options.BrokerFiles.Key,
        TimeProvider = clock,
    };

    /// <summary>The client id is made once and kept: by it the broker knows the session that holds what came while the relay was away.</summary>
    private static string ClientId(string folder)
    {
        var path = Path.Combine(folder, ClientIdFile);
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var id = $"homehub-relay-{Guid.NewGuid():N}";
        File.WriteAllText(path, id + "\n");
        return id;
    }

    private static void ConfigureLogging(ILoggingBuilder logging, RelayOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        if (options.LogJson)
        {
            logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' "));
        }
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        await _web.StartAsync(cancellation);
        _log.LogInformation("FHIR API of {Recipient} at {Address}fhir", _recipient, Address);
        _client.Start();
        _work = Task.WhenAll(
            Watch(_pipeline.RunAsync(_stop.Token)), Watch(SubscribeAsync()), Watch(_forwarder?.RunAsync(_stop.Token) ?? Task.CompletedTask));
    }

    private async Task SubscribeAsync()
    {
        try
        {
            await Task.WhenAll(
                _client.SubscribeAsync(Topics.SharedBundleFilter(_recipient), Topics.BundleFilter(_recipient), cancellation: _stop.Token),
                _client.SubscribeAsync(Topics.StatusFilter, cancellation: _stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped before there was a broker.
        }
    }

    /// <summary>The first part that fails ends the relay: half a relay would take Bundles and never answer.</summary>
    private async Task Watch(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
            throw;
        }
    }

    private async Task EndedAsync()
    {
        await using var registration = _web.Lifetime.ApplicationStopping.Register(() => _ended.TrySetResult());
        await _ended.Task;
    }
}
