using System.Security.Cryptography;
using HomeHub.CloudRelay.Api;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;
using HomeHub.Mosquitto;

namespace HomeHub.CloudRelay.Commands;

/// <summary>The configuration, read and checked: every file is there and says what it should.</summary>
internal sealed class RelayOptions
{
    /// <summary>Folder of the store.</summary>
    public required string Data { get; init; }

    /// <summary>The broker.</summary>
    public required MosquittoAddress Broker { get; init; }

    /// <summary>Whose relay it is: it takes, keeps and serves what goes to this recipient, and nothing else.</summary>
    public required string Recipient { get; init; }

    /// <summary>User name at the broker.</summary>
    public string? BrokerUser { get; init; }

    /// <summary>Password at the broker.</summary>
    public string? BrokerPassword { get; init; }

    /// <summary>CA, certificate and key files for the broker.</summary>
    public (string? Ca, string? Certificate, string? Key) BrokerFiles { get; init; }

    /// <summary>Where the API listens.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>What protects the API.</summary>
    public required ApiSecurity Security { get; init; }

    /// <summary>Who may speak for whom.</summary>
    public Enrolment? Enrolment { get; init; }

    /// <summary>Base URL of the FHIR server, ending in a slash; null: nothing is forwarded.</summary>
    public Uri? FhirServer { get; init; }

    /// <summary>Bearer token for the FHIR server.</summary>
    public string? FhirToken { get; init; }

    /// <summary>OTLP collector.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>The least level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line instead of text.</summary>
    public bool LogJson { get; init; }

    /// <summary>Checks settings.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; says which key and why.</exception>
    public static RelayOptions From(RelaySettings settings)
    {
        var listen = ListenAddress.TryParse(settings["listen"] ?? "http://127.0.0.1:8090", out var address)
            ? address
            : throw new ConfigurationException("listen", "Not an address like http://127.0.0.1:8090.");
        var security = ReadSecurity(settings);
        if (security.Refusal(listen) is var (key, problem))
        {
            throw new ConfigurationException(key, problem);
        }

        if (!MosquittoAddress.TryParse(Needed(settings, "broker"), out var broker, out var error))
        {
            throw new ConfigurationException("broker", error);
        }

        Pair(settings, "broker-certificate", "broker-key");
        if (!broker.Tls && Array.Find(["broker-ca", "broker-certificate"], key => settings[key] is not null) is { } tlsOnly)
        {
            throw new ConfigurationException(tlsOnly, "It needs a --broker with mqtts.");
        }

        if (settings["broker-password-file"] is not null && settings["broker-user"] is null)
        {
            throw new ConfigurationException("broker-user", "A password needs a user name.");
        }

        return new RelayOptions
        {
            Data = Needed(settings, "data"),
            Broker = broker,
            Recipient = ReadRecipient(settings),
            BrokerUser = settings["broker-user"],
            BrokerPassword = FirstLine(settings, "broker-password-file"),
            BrokerFiles = (Existing(settings, "broker-ca"), Existing(settings, "broker-certificate"), Existing(settings, "broker-key")),
            Listen = listen,
            Security = security,
            Enrolment = Read(settings, "enrolment", Enrolment.Load),
            FhirServer = Server(settings),
            FhirToken = FirstLine(settings, "fhir-token-file"),
            OtlpEndpoint = Url(settings, "otlp-endpoint"),
            LogLevel = Level(settings),
            LogJson = settings["log-format"] switch
            {
                null or "text" => false,
                "json" => true,
                _ => throw new ConfigurationException("log-format", "text or json."),
            },
        };
    }

    private static ApiSecurity ReadSecurity(RelaySettings settings)
    {
        Pair(settings, "tls-certificate", "tls-key");
        var certificate = Read(settings, "tls-certificate", path => ApiSecurity.LoadCertificate(path, settings["tls-key"]!));
        return new ApiSecurity(certificate, Read(settings, "token-file", AccessTokens.Load), Read(settings, "client-ca", ApiSecurity.LoadAuthorities));
    }

    private static string ReadRecipient(RelaySettings settings)
    {
        var recipient = settings["recipient"] ?? "care-team";
        return Topics.IsRecipient(recipient) ? recipient : throw new ConfigurationException("recipient", "Not a name of a-z, 0-9 and dash, up to 32 characters.");
    }

    private static Uri? Server(RelaySettings settings)
    {
        if (Url(settings, "fhir-server") is not { } url)
        {
            return null;
        }

        if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
        {
            throw new ConfigurationException("fhir-server", "Health data leaves this machine only by https.");
        }

        return url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    private static Uri? Url(RelaySettings settings, string key) =>
        settings[key] is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0 ? url
        : throw new ConfigurationException(key, "Not an http or https URL without query and credentials.");

    private static LogLevel Level(RelaySettings settings) => settings["log-level"] switch
    {
        null or "information" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new ConfigurationException("log-level", "debug, information, warning or error."),
    };

    private static string Needed(RelaySettings settings, string key) =>
        settings[key] is { Length: > 0 } value ? value : throw new ConfigurationException(key, "It is needed.");

    private static void Pair(RelaySettings settings, string first, string second)
    {
        if (settings[first] is null != settings[second] is null)
        {
            throw new ConfigurationException(settings[first] is null ? first : second, "Certificate and key are named together.");
        }
    }

    private static string? Existing(RelaySettings settings, string key) => Read(settings, key, path =>
    {
        using var file = File.OpenRead(path);
        return path;
    });

    private static string? FirstLine(RelaySettings settings, string key) => Read(settings, key, path =>
        File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } line ? line : throw new FormatException("The file is empty."));

    private static T? Read<T>(RelaySettings settings, string key, Func<string, T> read)
        where T : class
    {
        if (settings[key] is not { } path)
        {
            return null;
        }

        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw new ConfigurationException(key, e.Message);
        }
    }
}
