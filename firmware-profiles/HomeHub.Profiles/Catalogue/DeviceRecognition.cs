namespace HomeHub.Profiles.Catalogue;

/// <summary>How a model is recognised.</summary>
public sealed record DeviceRecognition
{
    /// <summary>Names that it advertises, whole.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Beginnings of names that it advertises; what follows is a serial number or a part of its address.</summary>
    public IReadOnlyList<string> NamePrefixes { get; init; } = [];

    /// <summary>Services that it advertises, in the form of <see cref="ServiceText"/>.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Company identifiers of its manufacturer specific data.</summary>
    public IReadOnlyList<ushort> CompanyIds { get; init; } = [];

    /// <summary>What it tells as its Model Number String (2A24), whole.</summary>
    public IReadOnlyList<string> ModelNumbers { get; init; } = [];
}
