namespace HomeHub.Contract;

/// <summary>How the payload of a bundle message is encoded. It is the last level of the topic, because MQTT 3.1.1 has no content type.</summary>
public enum BundleEncoding
{
    /// <summary><c>json</c>: the FHIR Bundle as UTF-8 JSON.</summary>
    Json,

    /// <summary><c>br</c>: the same, compressed by Brotli (RFC 7932).</summary>
    Brotli,
}
