using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using HomeHub.Mosquitto;

namespace HomeHub.CloudRelay.Intake;

/// <summary>
/// Publishes receipts, several at a time. One for which there is no connection waits for one: a broker that held Bundles for this relay hands them
/// over before it has granted the subscriptions, and a receipt lost there would cost the hub the time until it sends again. One that the broker had
/// and did not acknowledge, or that waited too long, is given up: the hub sends the Bundle again and is told then.
/// </summary>
/// <param name="client">The connection.</param>
/// <param name="clock">The clock.</param>
/// <param name="metrics">Where receipts are counted.</param>
/// <param name="log">Where a receipt that was given up is told.</param>
/// <param name="stop">Ends the waiting for a connection.</param>
internal sealed class ReceiptSender(
    MosquittoClient client, TimeProvider clock, RelayMetrics metrics, ILogger log, CancellationToken stop) : IAsyncDisposable
{
    /// <summary>How long a receipt waits for a connection; by then the hub has sent the Bundle again, and asks anew.</summary>
    public const int MaxWaitSeconds = 30;

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
            if (client.State != MosquittoState.Connected)
            {
                await WaitConnectedAsync();
            }

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

    /// <summary>Until there is a connection, or it is not worth waiting any more: to publish then tells why there is none.</summary>
    private async Task WaitConnectedAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(MaxWaitSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            await client.WaitUntilConnectedAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("A receipt waited for the broker in vain");
        }
    }
}
