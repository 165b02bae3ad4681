using System.Collections.Frozen;
using System.Threading.Channels;
using HomeHub.Contract;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Mosquitto;
using Microsoft.Extensions.Logging;

namespace HomeHub.Mqtt;

/// <summary>
/// The uplink over MQTT: Bundles to the topics of <see cref="Topics"/> at QoS 1, receipts from there, and the hub's status, retained, with a Last Will
/// for the case that the hub vanishes. The session at the broker is persistent, so receipts wait for a hub that is away.
/// </summary>
public sealed class MqttUplink : IUplink
{
    /// <summary>Receipts of a recipient that may wait to be read; behind them the broker is held back.</summary>
    public const int MaxWaitingReceipts = 256;

    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    private readonly Guid _hub;
    private readonly ILogger<MqttUplink> _logger;
    private readonly MosquittoClient _client;
    private readonly StatusPublisher _status;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly FrozenDictionary<Recipient, Channel<DeliveryReceipt>> _receipts;

    private readonly Task _pump;
    private string? _loggedFailure;
    private long _ignored;
    private int _disposed;

    private MqttUplink(HubIdentity hub, MqttUplinkOptions options, TimeProvider time, ILogger<MqttUplink> logger)
    {
        _hub = hub.Id;
        _time = time;
        _logger = logger;
        _receipts = options.Recipients.ToFrozenDictionary(
            recipient => recipient,
            _ => Channel.CreateBounded<DeliveryReceipt>(new BoundedChannelOptions(MaxWaitingReceipts) { SingleWriter = true }));
        _client = new MosquittoClient(ClientOptions(hub, options, time));
        _status = new StatusPublisher(_client, hub.Id, options.Software, logger);
        _client.StateChanged += OnStateChanged;

        // Before the start: so the first connection counts as one only with the receipts subscribed to.
        _pump = PumpAsync();
        _client.Start();
    }

    /// <inheritdoc/>
    public bool IsConnected => _client.State == MosquittoState.Connected;

    /// <inheritdoc/>
    public ChannelReader<DeliveryReceipt> ReceiptsOf(Recipient recipient) =>
        _receipts.TryGetValue(recipient, out Channel<DeliveryReceipt>? receipts)
            ? receipts.Reader
            : throw new ArgumentException($"Nothing is sent to {recipient.Slug}.", nameof(recipient));

    /// <summary>Why there is no connection, in a sentence without credentials; null while there is one.</summary>
    public string? WhyNotConnected => _client.LastFailure?.Message;

    /// <summary>Why there is no connection, as a kind for which there are words in each language; null while there is one.</summary>
    public UplinkFault? Fault => IsConnected ? null : _client.LastFailure?.Kind switch
    {
        MosquittoFailureKind.Unreachable => UplinkFault.Unreachable,
        MosquittoFailureKind.Tls => UplinkFault.Certificate,
        MosquittoFailureKind.Refused => UplinkFault.Refused,
        MosquittoFailureKind.ProtocolVersion => UplinkFault.OtherProtocol,
        MosquittoFailureKind.SubscriptionRefused => UplinkFault.NoReceipts,
        MosquittoFailureKind.ConnectionLost or MosquittoFailureKind.ClosedByBroker or MosquittoFailureKind.ReceiverTooSlow => UplinkFault.Lost,
        _ => UplinkFault.NotTried,
    };

    /// <summary>Messages on the receipt topic that were no receipts, since the start.</summary>
    public long IgnoredMessages => Interlocked.Read(ref _ignored);

    /// <summary>Makes an uplink and begins to connect.</summary>
    /// <param name="hub">Who this hub is.</param>
    /// <param name="options">How to reach the broker.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where connections and their ends are told.</param>
    /// <returns>The uplink, not yet connected.</returns>
    /// <exception cref="ArgumentException">The options are wrong; the message names the one.</exception>
    /// <exception cref="MosquittoException">libmosquitto is missing; the message names the package.</exception>
    public static MqttUplink Start(HubIdentity hub, MqttUplinkOptions options, TimeProvider time, ILogger<MqttUplink> logger)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(options);
        return new MqttUplink(hub, options, time, logger);
    }

    /// <inheritdoc/>
    public Task WaitConnectedAsync(CancellationToken cancellation) => _client.WaitUntilConnectedAsync(cancellation);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => _client.ProbeAsync(cancellation);

    /// <inheritdoc/>
    public UplinkPayload Prepare(ReadOnlySpan<byte> bundleJson, bool isBacklog) => PayloadCompressor.Compress(bundleJson, isBacklog);

    /// <inheritdoc/>
    public async Task PublishAsync(Recipient recipient, Guid bundleId, UplinkPayload payload, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(payload);
        if (!BundleEncodings.TryParse(payload.Encoding, out var encoding))
        {
            throw new ArgumentException("The contract knows no such encoding.", nameof(payload));
        }

        var topic = Topics.Bundle(_hub, recipient.Slug, bundleId, encoding);
        try
        {
            await _client.PublishAsync(topic, payload.Bytes, contentType: encoding.ToContentType(), cancellation: cancellation).ConfigureAwait(false);
        }
        catch (MosquittoException e)
        {
            throw new UplinkException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public Task PublishStatusAsync(UplinkStatus status, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(status);
        return _status.PublishAsync(status, cancellation);
    }

    /// <summary>Publishes that the hub goes offline, sends what is queued, disconnects and ends the receipts.</summary>
    /// <returns>A task that completes when the uplink is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        using (var timeout = new CancellationTokenSource(GoodbyeTimeout, _time))
        {
            try
            {
                await _status.PublishOfflineAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _logger.LogWarning("The broker did not take the last status in time; it goes on showing the one before.");
            }
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        _status.Dispose();
        _closing.Dispose();
    }

    private static MosquittoOptions ClientOptions(HubIdentity hub, MqttUplinkOptions options, TimeProvider time) => new()
    {
        Address = options.Broker,
        ClientId = $"homehub-{hub.Id:D}",
        Username = options.Username,
        Password = options.Password,
        CaFile = options.CaFile,
        CertificateFile = options.CertificateFile,
        KeyFile = options.KeyFile,
        MaxReconnectDelay = options.MaxReconnectDelay,
        Will = new MosquittoWill(Topics.Status(hub.Id), HubStatusMessage.LastWill.ToUtf8Bytes(), MosquittoQos.AtLeastOnce, Retain: true),
        TimeProvider = time,
    };

    /// <summary>Receipts from the client to the delivery. It waits where the delivery does, and so the broker does.</summary>
    private async Task PumpAsync()
    {
        try
        {
            await SubscribeAsync().ConfigureAwait(false);
            await foreach (var message in _client.Messages.ReadAllAsync(_closing.Token).ConfigureAwait(false))
            {
                if (ReceiptMapper.Map(_hub, message) is { } receipt && _receipts.TryGetValue(receipt.Recipient, out Channel<DeliveryReceipt>? receipts))
                {
                    await receipts.Writer.WriteAsync(receipt, _closing.Token).ConfigureAwait(false);
                }
                else
                {
                    Interlocked.Increment(ref _ignored);
                    _logger.LogWarning("A message of {Bytes} bytes on the receipt topic is no receipt that anyone waits for and was ignored", message.Payload.Length);
                }
            }

            Complete(null);
        }
        catch (Exception e) when (e is OperationCanceledException or MosquittoException && _closing.IsCancellationRequested)
        {
            Complete(null);
        }
        catch (Exception e)
        {
            // The client has ended by a fault of its own: whoever waits for receipts must hear of it.
            Complete(e);
            throw;
        }
    }

    private void Complete(Exception? error)
    {
        foreach (Channel<DeliveryReceipt> receipts in _receipts.Values)
        {
            receipts.Writer.TryComplete(error);
        }
    }

    /// <summary>Asks for the receipts until the broker grants them: each refusal costs a connection, so the back-off between connections paces the asking.</summary>
    private async Task SubscribeAsync()
    {
        while (true)
        {
            try
            {
                await _client.SubscribeAsync(Topics.ReceiptFilter(_hub), cancellation: _closing.Token).ConfigureAwait(false);
                return;
            }
            catch (MosquittoException e) when (e.Failure?.Kind == MosquittoFailureKind.SubscriptionRefused)
            {
                _logger.LogError("The broker does not let this hub have its receipts: {Reason}", e.Message);
            }
        }
    }

    private void OnStateChanged(object? sender, MosquittoStateEventArgs change)
    {
        if (change.State == MosquittoState.Connected)
        {
            _loggedFailure = null;
            _logger.LogInformation("Connected to the broker by {Protocol}", change.Protocol);
            _ = PublishBirthAsync();
        }
        else if (change.Failure is { } failure && change.State == MosquittoState.Waiting)
        {
            // Once for each reason: a broker that is away for a night must not fill the log.
            var level = failure.Message == _loggedFailure ? LogLevel.Debug : LogLevel.Warning;
            _loggedFailure = failure.Message;
            _logger.Log(level, "No connection to the broker: {Reason} Next try in {Seconds:0.0} s", failure.Message, change.RetryAfter.TotalSeconds);
        }
    }

    private async Task PublishBirthAsync()
    {
        try
        {
            await _status.PublishNewestAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            _logger.LogDebug("The uplink was closed before its status was told");
        }
    }
}
