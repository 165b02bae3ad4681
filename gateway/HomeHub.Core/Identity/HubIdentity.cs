namespace HomeHub.Core.Identity;

/// <summary>Who this hub is. Made once, at the first start, and kept with the data.</summary>
/// <param name="Id">Random UUID: name of the hub in topics.</param>
/// <param name="SystemId">EUI-64 of the personal health gateway, 16 upper-case hex digits, locally administered.</param>
public sealed record HubIdentity(Guid Id, string SystemId)
{
    /// <summary>
    /// Namespace of every UUID that is derived from what the hub keeps: its own <see cref="Id"/>, or that of the first of a line of hubs that each took the history of the one before, so
    /// that what one sent the next one knows by the same name (docs/decisions/0044).
    /// </summary>
    public Guid Space { get; init; } = Id;

    /// <summary>The identity that tools use which decode without a hub, so that their output is the same everywhere.</summary>
    public static readonly HubIdentity OfTools = new(Guid.Parse("6f0d5ab2-7f2e-5c53-9a53-5b0f1d3f2c10"), "02005EFFFE000001");
}
