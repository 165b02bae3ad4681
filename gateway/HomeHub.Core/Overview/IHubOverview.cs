namespace HomeHub.Core.Overview;

/// <summary>Port: tells how the running hub is. Cheap enough to be asked every few seconds by several who look.</summary>
public interface IHubOverview
{
    /// <summary>How it is now.</summary>
    Task<HubOverview> ReadAsync(CancellationToken cancellation);
}
