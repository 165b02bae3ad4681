namespace HomeHub.Contract;

/// <summary>The names of <see cref="BundleEncoding"/> in topics and as MQTT 5 content type.</summary>
public static class BundleEncodings
{
    /// <summary>The topic level: <c>json</c> or <c>br</c>.</summary>
    /// <param name="encoding">A defined encoding.</param>
    /// <returns>The level, lower-case.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public static string ToWire(this BundleEncoding encoding) => encoding switch
    {
        BundleEncoding.Json => "json",
        BundleEncoding.Brotli => "br",
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };

    /// <summary>The MQTT 5 content type of the payload, which only repeats what the topic says.</summary>
    /// <param name="encoding">A defined encoding.</param>
    /// <returns>A media type.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public static string ToContentType(this BundleEncoding encoding) => encoding switch
    {
        BundleEncoding.Json => "application/fhir+json",
        BundleEncoding.Brotli => "application/fhir+json; content-encoding=br",
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };

    /// <summary>Reads a topic level.</summary>
    /// <param name="level">The level as received; case matters.</param>
    /// <param name="encoding">The encoding, when known.</param>
    /// <returns>Whether the level names an encoding of this version.</returns>
    public static bool TryParse(ReadOnlySpan<char> level, out BundleEncoding encoding)
    {
        (var known, encoding) = level switch
        {
            "json" => (true, BundleEncoding.Json),
            "br" => (true, BundleEncoding.Brotli),
            _ => (false, default),
        };
        return known;
    }
}
