namespace HomeHub.Core.Delivery;

/// <summary>Reason codes of the wire contract that the hub acts on; every other one is treated alike.</summary>
public static class RefusalReasons
{
    /// <summary>The relay misses a resource that the Bundle refers to.</summary>
    public const string UnknownReference = "unknown-reference";

    /// <summary>The patient is not enrolled for this hub: no reading of the Bundle can be taken.</summary>
    public const string NotEnrolled = "not-enrolled";

    /// <summary>The Bundle holds several patients: a fault of the hub.</summary>
    public const string MixedPatients = "mixed-patients";

    /// <summary>The hub's own: a stored record is not decoded any more, so that nothing can be sent of it.</summary>
    public const string Undecodable = "undecodable";
}
