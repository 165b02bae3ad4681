namespace HomeHub.CloudRelay.Api;

/// <summary>What <c>/health/ready</c> asks.</summary>
internal interface IRelayHealth
{
    /// <summary>Why the relay can't take Bundles now; null when it can.</summary>
    string? NotReady();
}
