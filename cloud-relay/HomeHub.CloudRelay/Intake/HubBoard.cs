using System.Collections.Concurrent;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Intake;

/// <summary>The last status of each hub. It lives in memory: the broker retains the messages and gives them again after a restart.</summary>
/// <param name="log">Where changes go.</param>
internal sealed class HubBoard(ILogger log)
{
    /// <summary>Most hubs that are followed.</summary>
    public const int MaxHubs = 100_000;

    private readonly ConcurrentDictionary<Guid, HubStatusMessage> _hubs = [];

    /// <summary>Hubs that say they are online.</summary>
    public long Online => _hubs.Count(hub => hub.Value.State == HubState.Online);

    /// <summary>Readings that hubs still hold, by their own count.</summary>
    public long Waiting => _hubs.Sum(hub => (hub.Value.Buffered ?? 0) + (hub.Value.Sent ?? 0));

    /// <summary>Hubs whose own check says that somebody should look at them.</summary>
    public long InNeed => _hubs.Count(hub => hub.Value.Checks is { NeedsAttention: true });

    /// <summary>Takes a status message.</summary>
    public void Take(Guid hub, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            _hubs.TryRemove(hub, out _);
            return;
        }

        if (!HubStatusMessage.TryParse(payload, out var status))
        {
            log.LogWarning("Hub {Hub} sent a status that can't be read ({Bytes} bytes)", hub, payload.Length);
            return;
        }

        var known = _hubs.TryGetValue(hub, out var last);
        if (!known && _hubs.Count >= MaxHubs)
        {
            return;
        }

        _hubs[hub] = status;
        if (!known || last!.State != status.State)
        {
            log.LogInformation("Hub {Hub} is {State}, software {Software}", hub, status.State == HubState.Online ? "online" : "offline", status.Software ?? last?.Software);
        }
    }
}
