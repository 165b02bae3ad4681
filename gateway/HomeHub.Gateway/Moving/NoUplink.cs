using System.Collections.Frozen;
using System.Threading.Channels;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;

namespace HomeHub.Gateway.Moving;

/// <summary>The way to the relays of a hub that has none: readings are kept, and wait.</summary>
/// <param name="recipients">Who would get them.</param>
/// <param name="why">Why there is none, in a sentence.</param>
internal sealed class NoUplink(IReadOnlyList<Recipient> recipients, string why) : IUplink
{
    /// <summary>The history of the hub is another one's.</summary>
    public const string Moved = "This hub was moved to another one and sends nothing any more.";

    /// <summary>Nobody has said where the broker is.</summary>
    public const string NoBroker = "No broker is named yet (the configuration key broker.url): readings wait here.";

    private readonly FrozenDictionary<Recipient, Channel<DeliveryReceipt>> _receipts =
        recipients.ToFrozenDictionary(recipient => recipient, _ => Channel.CreateBounded<DeliveryReceipt>(1));

    /// <summary>Why there is none.</summary>
    public string Why => why;

    /// <inheritdoc/>
    public bool IsConnected => false;

    /// <inheritdoc/>
    public ChannelReader<DeliveryReceipt> ReceiptsOf(Recipient recipient) => _receipts.TryGetValue(recipient, out Channel<DeliveryReceipt>? receipts)
        ? receipts.Reader
        : throw new ArgumentException($"Nothing is sent to {recipient.Slug}.", nameof(recipient));

    /// <inheritdoc/>
    public Task WaitConnectedAsync(CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public UplinkPayload Prepare(ReadOnlySpan<byte> bundleJson, bool isBacklog) => throw new UplinkException(why);

    /// <inheritdoc/>
    public Task PublishAsync(Recipient recipient, Guid bundleId, UplinkPayload payload, CancellationToken cancellation) => throw new UplinkException(why);

    /// <inheritdoc/>
    public Task PublishStatusAsync(UplinkStatus status, CancellationToken cancellation) => throw new UplinkException(why);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
