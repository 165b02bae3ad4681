namespace HomeHub.Profiles.Catalogue;

/// <summary>What an entry stands on.</summary>
public enum CatalogueState
{
    /// <summary>Octets that a device of this model sent are public, and this project's vectors or the entry's sources hold them.</summary>
    VerifiedByCapture,

    /// <summary>Somebody published how this model speaks; its octets were not seen here.</summary>
    PerPublishedProtocol,

    /// <summary>The model is said to speak a standard profile; its octets were not seen here.</summary>
    PerStandardProfile,
}
