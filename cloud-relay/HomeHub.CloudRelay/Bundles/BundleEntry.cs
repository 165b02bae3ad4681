namespace HomeHub.CloudRelay.Bundles;

/// <summary>What the relay needs to know of one entry; the resource itself stays where it is in the Bundle.</summary>
internal struct BundleEntry
{
    /// <summary>The uuid of fullUrl; meaningful when <see cref="HasUuid"/>.</summary>
    public ResourceKey Uuid;

    /// <summary>The identifier that ifNoneExist, or the condition of an update, names: by it the resource is stored once.</summary>
    public ResourceKey Identity;

    /// <summary>The kind of resource.</summary>
    public ResourceKind Kind;

    /// <summary>Where the resource begins in the JSON of the Bundle, in bytes.</summary>
    public int Offset;

    /// <summary>How long the resource is, in bytes.</summary>
    public int Length;

    /// <summary>Where Bundle.entry.request begins in the JSON of the Bundle, in bytes.</summary>
    public int RequestOffset;

    /// <summary>How long the request is, in bytes.</summary>
    public int RequestLength;

    /// <summary>The codings of an Observation's code.</summary>
    public CodeSet? Codes;

    /// <summary>The reference of Observation.subject or Device.patient when it is no <c>urn:uuid</c>, for instance <c>Patient/p1</c>.</summary>
    public string? Subject;

    /// <summary>The same when it is a <c>urn:uuid</c>.</summary>
    public ResourceKey? SubjectUuid;

    /// <summary>First millisecond (Unix time) of effective[x].</summary>
    public long Start;

    /// <summary>First millisecond after effective[x].</summary>
    public long End;

    /// <summary>Whether it updates what is stored (PUT) and does not create (POST).</summary>
    public bool IsUpdate;

    /// <summary>Whether an Observation's status is <c>entered-in-error</c>.</summary>
    public bool IsEnteredInError;

    /// <summary>Whether fullUrl was read.</summary>
    public bool HasUuid;
}
