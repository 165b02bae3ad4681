namespace HomeHub.CloudRelay.Bundles;

/// <summary>Names of resource kinds.</summary>
internal static class ResourceKinds
{
    /// <summary>The FHIR name of a kind.</summary>
    public static string Name(this ResourceKind kind) => kind switch
    {
        ResourceKind.Patient => "Patient",
        ResourceKind.Device => "Device",
        ResourceKind.Observation => "Observation",
        ResourceKind.Consent => "Consent",
        ResourceKind.Location => "Location",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind that a FHIR resource type names; <see cref="ResourceKind.None"/> for any other.</summary>
    public static ResourceKind Parse(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("Observation"u8) ? ResourceKind.Observation
        : name.SequenceEqual("Device"u8) ? ResourceKind.Device
        : name.SequenceEqual("Patient"u8) ? ResourceKind.Patient
        : name.SequenceEqual("Consent"u8) ? ResourceKind.Consent
        : name.SequenceEqual("Location"u8) ? ResourceKind.Location
        : ResourceKind.None;
}
