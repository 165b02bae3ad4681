namespace HomeHub.Profiles.Catalogue;

/// <summary>Whether the hub takes readings from a model.</summary>
public enum CatalogueSupport
{
    /// <summary>The hub takes its readings.</summary>
    Full,

    /// <summary>The hub knows the model and can't take its readings yet.</summary>
    NotYet,
}
