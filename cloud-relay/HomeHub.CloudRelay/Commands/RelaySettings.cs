using System.Text.Json;

namespace HomeHub.CloudRelay.Commands;

/// <summary>
/// What is configured, as text: the configuration file first (a JSON object whose members are named like the options), the command line over it.
/// </summary>
internal sealed class RelaySettings
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Every key: option on the command line, member in the configuration file.</summary>
    public static IReadOnlyList<(string Key, string Help)> Keys { get; } =
    [
        ("data", "Folder for the store. Made if it is not there."),
        ("broker", "MQTT broker: mqtt://host[:1883] or mqtts://host[:8883]."),
        ("recipient", "Whose relay it is: care-team (default), or another recipient that hubs send to. Each has a relay and a folder of its own."),
        ("broker-user", "User name at the broker."),
        ("broker-password-file", "File with the password at the broker."),
        ("broker-ca", "PEM file with the CA of the broker's certificate. Default: the system's CAs."),
        ("broker-certificate", "PEM file with the relay's client certificate for the broker."),
        ("broker-key", "PEM file with the key of --broker-certificate."),
        ("listen", "Where the FHIR API listens: http://127.0.0.1:8090. Beyond loopback only https, and with --token-file or --client-ca."),
        ("tls-certificate", "PEM file with the API's certificate (chain)."),
        ("tls-key", "PEM file with the key of --tls-certificate."),
        ("token-file", "File with the bearer tokens that may read, one a line, at least 24 characters each."),
        ("client-ca", "PEM file with the CAs of clients' certificates; clients must then show one."),
        ("enrolment", "JSON file: hub uuid to list of patients (Patient/id or system|value), replaces:uuid for a hub in another one's place. Without it every hub may speak for every patient."),
        ("fhir-server", "FHIR server to forward to, its base URL. Without it nothing is forwarded."),
        ("fhir-token-file", "File with the bearer token for the FHIR server."),
        ("otlp-endpoint", "OpenTelemetry collector: port 4317 speaks gRPC, every other HTTP. Without it nothing is exported."),
        ("log-level", "debug, information (default), warning or error."),
        ("log-format", "text (default) or json."),
    ];

    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Sets a value.</summary>
    public void Set(string key, string value) => _values[key] = value;

    /// <summary>Reads a configuration file.</summary>
    /// <exception cref="ConfigurationException">It can't be read, or has a member that is no key.</exception>
    public void Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ConfigurationException("config", "The configuration file is a JSON object.");
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!Keys.Any(known => known.Key == member.Name))
                {
                    throw new ConfigurationException(member.Name, "No such key.");
                }

                Set(member.Name, member.Value.ValueKind == JsonValueKind.String
                    ? member.Value.GetString()!
                    : throw new ConfigurationException(member.Name, "The value is not a string."));
            }
        }
        catch (JsonException e)
        {
            throw new ConfigurationException("config", $"The configuration file is not JSON (line {e.LineNumber + 1}).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException("config", e.Message);
        }
    }
}
