using System.Collections.Concurrent;
using System.Threading.Channels;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;

namespace HomeHub.Testing.Delivery;

/// <summary>A double of the uplink: keeps what is published, and gives the receipts that a test writes.</summary>
public sealed class UplinkDouble : IUplink
{
    private readonly Channel<DeliveryReceipt> _receipts = Channel.CreateUnbounded<DeliveryReceipt>();
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isConnected;

    /// <summary>A Bundle that was published.</summary>
    /// <param name="Id">Its UUID.</param>
    /// <param name="Payload">Its bytes.</param>
    public sealed record Publication(Guid Id, UplinkPayload Payload);

    /// <summary>Starts connected.</summary>
    public UplinkDouble() => Connect();

    /// <summary>What was published, in order.</summary>
    public ConcurrentQueue<Publication> Published { get; } = [];

    /// <summary>What the hub told about itself, in order.</summary>
    public ConcurrentQueue<UplinkStatus> Statuses { get; } = [];

    /// <summary>True to let publications fail.</summary>
    public bool FailsToPublish { get; set; }

    /// <summary>An error of the program itself that publications end with; null for none.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The turn of the loop that is waited for; null: it is taken at once.</summary>
    public TaskCompletionSource? Probe { get; init; }

    /// <inheritdoc/>
    public bool IsConnected => _isConnected;

    /// <inheritdoc/>
    public ChannelReader<DeliveryReceipt> ReceiptsOf(Recipient recipient) => recipient == Recipient.CareTeam
        ? _receipts.Reader
        : throw new ArgumentException("This double has one recipient.", nameof(recipient));

    /// <summary>The broker is back.</summary>
    public void Connect()
    {
        _isConnected = true;
        _connected.TrySetResult();
    }

    /// <summary>The broker goes away.</summary>
    public void Disconnect()
    {
        _isConnected = false;
        _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The relay commits a Bundle: it names the entries given, or all, where <see cref="EncoderDouble"/> wrote it.</summary>
    public void Commit(Guid bundle, params IReadOnlyList<Guid> entries) =>
        _receipts.Writer.TryWrite(new DeliveryReceipt(Recipient.CareTeam, bundle, null, entries.Count > 0 ? entries : EntriesOf(bundle), []));

    /// <summary>The relay refuses a Bundle.</summary>
    public void Refuse(Guid bundle, string reason, params RefusedEntry[] entries) =>
        _receipts.Writer.TryWrite(new DeliveryReceipt(Recipient.CareTeam, bundle, reason, [], entries));

    /// <inheritdoc/>
    public Task WaitConnectedAsync(CancellationToken cancellation) => _connected.Task.WaitAsync(cancellation);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => Probe?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public UplinkPayload Prepare(ReadOnlySpan<byte> bundleJson, bool isBacklog) => new("json", bundleJson.ToArray());

    /// <inheritdoc/>
    public Task PublishAsync(Recipient recipient, Guid bundleId, UplinkPayload payload, CancellationToken cancellation)
    {
        if (Fault is not null)
        {
            return Task.FromException(Fault);
        }

        if (FailsToPublish || !_isConnected)
        {
            return Task.FromException(new UplinkException("the broker went away"));
        }

        Published.Enqueue(new Publication(bundleId, payload));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PublishStatusAsync(UplinkStatus status, CancellationToken cancellation)
    {
        Statuses.Enqueue(status);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Guid[] EntriesOf(Guid bundle) => Published.FirstOrDefault(sent => sent.Id == bundle) is { } sent
        ? [.. EncoderDouble.ReadEntries(sent.Payload.Bytes.Span)]
        : [];
}
