namespace HomeHub.Fhir.Writing;

/// <summary>The URIs of the code systems and naming systems that the hub writes.</summary>
internal static class Systems
{
    /// <summary>Conditional-create identifiers of the PHD implementation guide.</summary>
    public static ReadOnlySpan<byte> ConditionalCreate => "http://hl7.org/fhir/uv/phd/StructureDefinition/PhdBaseObservation"u8;

    /// <summary>UUIDs and other URIs as identifiers.</summary>
    public static ReadOnlySpan<byte> Uri => "urn:ietf:rfc:3986"u8;

    /// <summary>EUI-64 of a device or gateway.</summary>
    public const string SystemId = "urn:oid:1.2.840.10004.1.1.1.0.0.1.0.0.1.2680";

    /// <summary>Bluetooth device addresses.</summary>
    public const string BluetoothAddress = "http://hl7.org/fhir/sid/eui-48/bluetooth";
}
