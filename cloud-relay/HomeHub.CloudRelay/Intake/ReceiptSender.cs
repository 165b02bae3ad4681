using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using HomeHub.Mosquitto;

namespace HomeHub.CloudRelay.Intake;

/// <summary>Publishes receipts, several at a time. One that the broker does not take is not tried again: the hub sends the Bundle again and is told then.</summary>
internal sealed class ReceiptSender(MosquittoClient client, TimeProvider clock, RelayMetrics metrics, ILogger log) : IAsyncDisposable
{
    private const int MaxAtATime = 32;

    private readonly SemaphoreSlim _places = new(MaxAtATime);

    /// <summary>Begins to publish; waits only for a place.</summary>
    public async Task SendAsync(BundleTopic about, Receipt receipt, long arrivedAt, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        _ = PublishAsync(about, receipt, arrivedAt);
    }

    /// <summary>Waits for what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < MaxAtATime; i++)
        {
            await _places.WaitAsync();
        }

        _places.Dispose();
    }

    private async Task PublishAsync(BundleTopic about, Receipt receipt, long arrivedAt)
    {
        try
        {
            await client.PublishAsync(Topics.Receipt(about.Hub, about.Recipient), receipt.ToUtf8Bytes());
            metrics.Receipted(clock.GetElapsedTime(arrivedAt));
        }
        catch (MosquittoException e)
        {
            metrics.ReceiptFailed();
            log.LogWarning("A receipt for hub {Hub} did not leave: {Problem}", about.Hub, e.Message);
        }
        finally
        {
            _places.Release();
        }
    }
}
