namespace HomeHub.CloudRelay.Bundles;

/// <summary>The forms of <c>Reference.reference</c>.</summary>
internal static class ReferenceText
{
    private const int MaxIdCharacters = 64;

    /// <summary>Reads <c>urn:uuid:x</c>, <c>Device/x</c>, <c>Observation/x</c> and <c>Location/x</c> where x is a uuid.</summary>
    public static bool TryUuid(ReadOnlySpan<byte> text, out ResourceKey uuid)
    {
        if (ResourceKey.TryParseUrn(text, out uuid))
        {
            return true;
        }

        // A Patient's logical id may well be a uuid of the server's; the relay holds it only if a hub sent the Patient.
        var slash = text.IndexOf((byte)'/');
        return slash > 0
            && ResourceKinds.Parse(text[..slash]) is ResourceKind.Device or ResourceKind.Observation or ResourceKind.Location
            && ResourceKey.TryParseUuid(text[(slash + 1)..], out uuid);
    }

    /// <summary>Whether a text is a FHIR id: <c>[A-Za-z0-9\-\.]{1,64}</c>.</summary>
    public static bool IsId(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
        {
            if (octet is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= MaxIdCharacters;
    }
}
