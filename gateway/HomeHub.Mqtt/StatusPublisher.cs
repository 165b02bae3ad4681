using HomeHub.Contract;
using HomeHub.Core.Delivery;
using HomeHub.Mosquitto;
using Microsoft.Extensions.Logging;

namespace HomeHub.Mqtt;

/// <summary>Keeps the retained status at the broker the newest: published when it changes and after each connection, as the birth message.</summary>
internal sealed class StatusPublisher(MosquittoClient client, Guid hub, string software, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _topic = Topics.Status(hub);
    private volatile HubStatusMessage _newest = new() { State = HubState.Online, Software = software };

    /// <summary>Messages that were published; one after each connection at least.</summary>
    public int Published { get; private set; }

    public Task PublishAsync(UplinkStatus status, CancellationToken cancellation)
    {
        _newest = new HubStatusMessage
        {
            State = HubState.Online,
            Software = status.Software,
            At = status.At,
            Buffered = status.Buffered,
            Sent = status.Sent,
            Rejected = status.Rejected,
            Quarantined = status.Quarantined,
            Held = status.Held,
            SilentDevices = status.Silence?.Devices,
            SilentPeople = status.Silence?.People,
            Audit = status.Audit,
            Checks = status.Checks is { } checks ? new HubChecks(checks.Database, checks.Disk, checks.Clock, checks.Certificates, checks.Adapter) : null,
        };
        return PublishNewestAsync(cancellation);
    }

    /// <summary>Publishes what is newest by the time its turn comes. Without a connection that is left to the next one.</summary>
    public async Task PublishNewestAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (client.State == MosquittoState.Connected)
            {
                await client.PublishAsync(_topic, _newest.ToUtf8Bytes(), retain: true, contentType: "application/json", cancellation: cancellation).ConfigureAwait(false);
                Published++;
            }
        }
        catch (MosquittoException e)
        {
            logger.LogDebug("The status waits for the next connection: {Reason}", e.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says that the hub leaves in order; the Last Will does not tell counts.</summary>
    public Task PublishOfflineAsync(CancellationToken cancellation)
    {
        _newest = _newest with { State = HubState.Offline };
        return PublishNewestAsync(cancellation);
    }

    public void Dispose() => _gate.Dispose();
}
