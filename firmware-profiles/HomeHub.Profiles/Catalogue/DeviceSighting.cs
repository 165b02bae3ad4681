namespace HomeHub.Profiles.Catalogue;

/// <summary>What is known of a device, to find its model by. All of it may be missing.</summary>
public sealed record DeviceSighting
{
    /// <summary>Name that it advertises.</summary>
    public string? Name { get; init; }

    /// <summary>Services that it advertises, in the form of <see cref="ServiceText"/>.</summary>
    public IReadOnlyCollection<string> Services { get; init; } = [];

    /// <summary>Company identifiers of its manufacturer specific data.</summary>
    public IReadOnlyCollection<ushort> CompanyIds { get; init; } = [];

    /// <summary>Its Model Number String (2A24), once a connection told it.</summary>
    public string? ModelNumber { get; init; }
}
