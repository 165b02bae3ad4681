using System.Threading.Channels;
using HomeHub.Core.Buffering;

namespace HomeHub.Core.Delivery;

/// <summary>Port: the way to the relays. Connects by itself, again and again, without end.</summary>
public interface IUplink : IAsyncDisposable
{
    /// <summary>Whether the broker is reached now.</summary>
    bool IsConnected { get; }

    /// <summary>A recipient's receipts as they come, in order, read by one reader. Bounded: an unread channel holds the broker back.</summary>
    /// <exception cref="ArgumentException">Nothing is sent to this recipient.</exception>
    ChannelReader<DeliveryReceipt> ReceiptsOf(Recipient recipient);

    /// <summary>Completes when the broker is reached; at once when it is.</summary>
    Task WaitConnectedAsync(CancellationToken cancellation);

    /// <summary>Completes when the uplink's own loop has taken a turn, connected or not.</summary>
    Task ProbeAsync(CancellationToken cancellation);

    /// <summary>Makes the payload that goes over the wire, compressed where that pays. The result is kept for repetitions.</summary>
    /// <param name="bundleJson">The Bundle.</param>
    /// <param name="isBacklog">True when many Bundles wait: then speed counts more than the last byte.</param>
    UplinkPayload Prepare(ReadOnlySpan<byte> bundleJson, bool isBacklog);

    /// <summary>Publishes a Bundle; completes when the broker has it, which is not yet a receipt.</summary>
    /// <exception cref="UplinkException">The broker was not reached or went away; the Bundle may or may not have got through.</exception>
    Task PublishAsync(Recipient recipient, Guid bundleId, UplinkPayload payload, CancellationToken cancellation);

    /// <summary>Publishes the hub's status, retained; when the broker is away the newest is published on return.</summary>
    Task PublishStatusAsync(UplinkStatus status, CancellationToken cancellation);
}
