using HomeHub.Fhir.Writing;

namespace HomeHub.Fhir.Identity;

/// <summary>
/// The room where the hub stands, as a Location: that there is a room, and nothing else. No name, no address, nobody. Its UUID is made of the hub's, so that a hub that takes the history of another
/// one speaks of the same room.
/// </summary>
internal static class RoomLocation
{
    /// <summary>The Location resource.</summary>
    public static byte[] Resource(Guid id)
    {
        var json = new JsonBuffer();
        json.Raw("""{"resourceType":"Location","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:"""u8);
        json.Uuid(id);
        json.Raw("""
            "}],"description":"The room where the hub stands.","mode":"instance","physicalType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"ro","display":"Room"}]}}
            """u8);
        return json.Span.ToArray();
    }

    /// <summary>The request of its entry.</summary>
    public static byte[] Request(Guid id)
    {
        var json = new JsonBuffer();
        json.Raw("\"request\":{\"method\":\"POST\",\"url\":\"Location\",\"ifNoneExist\":\"identifier=urn:ietf:rfc:3986|urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\"}"u8);
        return json.Span.ToArray();
    }
}
