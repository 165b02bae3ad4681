using HomeHub.Core.Identity;
using HomeHub.Fhir.Writing;

namespace HomeHub.Fhir.Identity;

/// <summary>What is always the same where a patient occurs, or the room in a patient's place, as JSON.</summary>
internal sealed class PatientFragment
{
    /// <summary>Makes the fragments of a patient.</summary>
    public PatientFragment(Guid space, PatientReference patient)
    {
        Patient = patient;
        Id = NameUuid.Create(space, patient.IsRoom ? "room"u8 : System.Text.Encoding.UTF8.GetBytes("patient" + patient.Key));
        string reference = patient.IsLogical ? patient.Value : $"urn:uuid:{Id}";
        Reference = JsonBuffer.Escape(reference);
        Subject = [.. ",\"subject\":{\"reference\":\""u8, .. Reference, .. "\"}"u8];
        IdentifierPart = JsonBuffer.Escape(patient.IdentifierPart);
        IdentifierPartChars = patient.IdentifierPart.Length;
        QueryPart = JsonBuffer.Escape(QueryText.Escape(patient.IdentifierPart));
        Json = patient.IsLogical ? [] : patient.IsRoom ? RoomLocation.Resource(Id) : Resource(patient);
        Request = patient.IsLogical ? []
            : patient.IsRoom ? RoomLocation.Request(Id)
            : [.. "\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\""u8,
                .. JsonBuffer.Escape(QueryText.Identifier(patient.System!, patient.Value)), .. "\"}"u8];
    }

    /// <summary>The patient.</summary>
    public PatientReference Patient { get; }

    /// <summary>UUID of the Patient resource, or the room's Location; only used for a patient known by an identifier, and for the room.</summary>
    public Guid Id { get; }

    /// <summary>The reference, inside of a JSON string.</summary>
    public byte[] Reference { get; }

    /// <summary><c>,"subject":{…}</c>.</summary>
    public byte[] Subject { get; }

    /// <summary>The patient's part of a conditional-create identifier, inside of a JSON string.</summary>
    public byte[] IdentifierPart { get; }

    /// <summary>Length of that part, in characters.</summary>
    public int IdentifierPartChars { get; }

    /// <summary>The same part within <c>ifNoneExist</c>.</summary>
    public byte[] QueryPart { get; }

    /// <summary>The Patient resource; empty for one that a server knows by its logical id.</summary>
    public byte[] Json { get; }

    /// <summary>The request of its entry; empty likewise.</summary>
    public byte[] Request { get; }

    private static byte[] Resource(PatientReference patient)
    {
        var json = new JsonBuffer();
        json.Raw("""{"resourceType":"Patient","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/PhdPatient"]},"""u8);
        json.Raw("\"identifier\":["u8);
        json.Raw("""{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"""u8);
        json.Text(patient.System!);
        json.Raw(",\"value\":"u8);
        json.Text(patient.Value);
        json.Raw("}]}"u8);
        return json.Span.ToArray();
    }
}
