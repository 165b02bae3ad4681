namespace HomeHub.Gateway.Configuration;

/// <summary>The MQTT broker.</summary>
internal sealed record BrokerConfiguration
{
    /// <summary>What stands in place of a URL where the hub has no broker yet: readings are kept, and wait.</summary>
    public const string None = "none";

    /// <summary><c>mqtt://host:port</c>, <c>mqtts://host:port</c> or <see cref="None"/>; null when nothing is said.</summary>
    public string? Url { get; init; }

    /// <summary>PEM file of the certificate authority that the broker's certificate must come from; null: those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the hub's own certificate; null: none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>User name; null: none.</summary>
    public string? Username { get; init; }

    /// <summary>File whose first line is the password, so that it stands neither in the configuration nor on the command line.</summary>
    public string? PasswordFile { get; init; }
}
