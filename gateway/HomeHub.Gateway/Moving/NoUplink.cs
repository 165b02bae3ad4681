using System.Threading.Channels;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;

namespace HomeHub.Gateway.Moving;

/// <summary>The way to the relays of a hub that was moved to another one: there is none, and nothing is asked to go it.</summary>
internal sealed class NoUplink : IUplink
{
    private const string Why = "This hub was moved to another one and sends nothing any more.";

    /// <inheritdoc/>
    public bool IsConnected => false;

    /// <inheritdoc/>
    public ChannelReader<DeliveryReceipt> ReceiptsOf(Recipient recipient) => Channel.CreateBounded<DeliveryReceipt>(1).Reader;

    /// <inheritdoc/>
    public Task WaitConnectedAsync(CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public UplinkPayload Prepare(ReadOnlySpan<byte> bundleJson, bool isBacklog) => throw new UplinkException(Why);

    /// <inheritdoc/>
    public Task PublishAsync(Recipient recipient, Guid bundleId, UplinkPayload payload, CancellationToken cancellation) => throw new UplinkException(Why);

    /// <inheritdoc/>
    public Task PublishStatusAsync(UplinkStatus status, CancellationToken cancellation) => throw new UplinkException(Why);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
