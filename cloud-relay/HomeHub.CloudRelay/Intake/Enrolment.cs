using System.Text;
using System.Text.Json;
using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Intake;

/// <summary>
/// Which hub may speak for which patients: <c>{"hub uuid": ["Patient/p1", "system|value"]}</c>. A patient is named by the reference that the hub
/// uses, or by an identifier of the Patient resource that it sends. A hub that was put in another one's place names that one among them,
/// <c>"replaces:hub uuid"</c>, and may then update what it sent; a longer line of hubs is named in full.
/// </summary>
internal sealed class Enrolment
{
    private const string ReplacesPrefix = "replaces:";

    private readonly Dictionary<Guid, (HashSet<string> References, HashSet<ResourceKey> Identifiers, HashSet<Guid> Replaced)> _hubs = [];

    private Enrolment()
    {
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">It is not of that form; the message names the place, and no patient.</exception>
    public static Enrolment Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var enrolment = new Enrolment();
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("The enrolment is a JSON object: hub uuid, list of patients.");
            }

            foreach (var hub in document.RootElement.EnumerateObject())
            {
                enrolment.Add(hub);
            }

            return enrolment;
        }
        catch (JsonException e)
        {
            throw new FormatException($"The enrolment is not JSON (line {e.LineNumber + 1}).", e);
        }
    }

    /// <summary>Whether the hub is in the enrolment at all.</summary>
    public bool Knows(Guid hub) => _hubs.ContainsKey(hub);

    /// <summary>Whether the hub may speak for the patient with this reference.</summary>
    public bool Allows(Guid hub, string reference) => _hubs.TryGetValue(hub, out var patients) && patients.References.Contains(reference);

    /// <summary>Whether the hub may speak for the patient with this identifier.</summary>
    public bool Allows(Guid hub, ResourceKey identifier) => _hubs.TryGetValue(hub, out var patients) && patients.Identifiers.Contains(identifier);

    /// <summary>Whether the hub was put in the other one's place.</summary>
    public bool Replaces(Guid hub, Guid other) => _hubs.TryGetValue(hub, out var entry) && entry.Replaced.Contains(other);

    private void Add(JsonProperty hub)
    {
        if (!Guid.TryParseExact(hub.Name, "D", out var id) || hub.Value.ValueKind != JsonValueKind.Array || _hubs.ContainsKey(id))
        {
            throw new FormatException("Each member of the enrolment is a hub's uuid, once, with a list of patients.");
        }

        var (references, identifiers, replaced) = (new HashSet<string>(), new HashSet<ResourceKey>(), new HashSet<Guid>());
        foreach (var patient in hub.Value.EnumerateArray())
        {
            var text = patient.ValueKind == JsonValueKind.String ? patient.GetString()! : "";
            var bar = text.IndexOf('|');
            if (bar < 0 && text.StartsWith("Patient/", StringComparison.Ordinal))
            {
                references.Add(text);
            }
            else if (text.StartsWith(ReplacesPrefix, StringComparison.Ordinal)
                && Guid.TryParseExact(text.AsSpan(ReplacesPrefix.Length), "D", out var other) && other != id)
            {
                replaced.Add(other);
            }
            else if (bar >= 0
                && ResourceKey.TryFromIdentifier(Encoding.UTF8.GetBytes(text[..bar]), Encoding.UTF8.GetBytes(text[(bar + 1)..]), out var key))
            {
                identifiers.Add(key);
            }
            else
            {
                throw new FormatException($"An item in the enrolment of hub {id} is none of Patient/id, system|value and replaces:uuid of another hub.");
            }
        }

        _hubs.Add(id, (references, identifiers, replaced));
    }
}
