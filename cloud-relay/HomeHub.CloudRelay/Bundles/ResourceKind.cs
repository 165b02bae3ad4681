namespace HomeHub.CloudRelay.Bundles;

/// <summary>The FHIR resource types that the relay stores. The numbers stand in the database and never change.</summary>
internal enum ResourceKind
{
    /// <summary>No type that the relay knows.</summary>
    None = 0,

    /// <summary>Patient.</summary>
    Patient = 1,

    /// <summary>Device: PHD or PHG.</summary>
    Device = 2,

    /// <summary>Observation.</summary>
    Observation = 3,

    /// <summary>Consent: what a person lets the recipient have.</summary>
    Consent = 4,

    /// <summary>Location: the room where a hub stands.</summary>
    Location = 5,
}
