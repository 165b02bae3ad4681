using HomeHub.Fhir.Identity;
using HomeHub.Fhir.Terms;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Writing;

/// <summary>
/// Writes an Observation of the room: plain R4, for the profiles of personal health devices are of what is measured on people. Its subject is a Location, and nobody stands in it.
/// </summary>
internal static class RoomObservationWriter
{
    private static ReadOnlySpan<byte> Category =>
        ""","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"exam"}]}]"""u8;

    /// <summary>Writes the Observation of one value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="context">The record; its patient is the room.</param>
    /// <param name="value">The value.</param>
    /// <param name="id">UUID of the Observation.</param>
    public static void Write(JsonBuffer json, in RecordContext context, NumericValue value, Guid id)
    {
        if (!context.Record.Patient.IsRoom)
        {
            throw new ArgumentException("What is measured of the room is nobody's.", nameof(context));
        }

        json.Raw("{\"resourceType\":\"Observation\""u8);
        json.Raw(context.Gateway.GatewayExtension);
        json.Raw("],\"identifier\":[{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:"u8);
        json.Uuid(id);
        json.Raw(context.Record.IsTakenBack ? "\"}],\"status\":\"entered-in-error\""u8 : "\"}],\"status\":\"final\""u8);
        json.Raw(Category);
        json.Raw(RoomTerms.CodeOf(value.Code));
        json.Raw(context.Patient.Subject);
        json.Raw(",\"effectiveDateTime\":\""u8);
        json.Time(context.Record.Effective.Instant);
        json.Raw("\",\"valueQuantity\":{\"value\":"u8);
        json.Number(value.Value.Number);
        json.Raw(TermFragments.Of(value.Unit));
        json.Raw(context.Device.Device);
        json.Raw("}"u8);
    }
}
