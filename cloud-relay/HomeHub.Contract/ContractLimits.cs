namespace HomeHub.Contract;

/// <summary>The limits of the wire contract. Both ends hold to them; <c>docs/asyncapi.yaml</c> names them too, and a test compares the two.</summary>
public static class ContractLimits
{
    /// <summary>Largest payload of any message, in bytes as they are on the wire (256 KiB). A larger one is refused as <see cref="ReasonCode.TooLarge"/>.</summary>
    public const int MaxPayloadBytes = 256 * 1024;

    /// <summary>Largest Bundle after decompression, in bytes (4 MiB). A larger one is refused as <see cref="ReasonCode.DecompressionBomb"/>.</summary>
    public const int MaxBundleBytes = 4 * 1024 * 1024;

    /// <summary>Most entries in one Bundle, and so the most that one receipt can name.</summary>
    public const int MaxEntries = 2000;

    /// <summary>Longest recipient slug in a topic, in characters.</summary>
    public const int MaxRecipientCharacters = 32;

    /// <summary>Longest software version in a status message, in characters.</summary>
    public const int MaxSoftwareCharacters = 64;

    /// <summary>Longest mark of an audit log in a status message, in characters.</summary>
    public const int MaxAuditCharacters = 40;

    /// <summary>Longest word of a check in a status message, in characters.</summary>
    public const int MaxCheckCharacters = 64;

    /// <summary>Longest reason code that a reader accepts, in characters; a reader must get past codes that are younger than itself.</summary>
    public const int MaxReasonCharacters = 64;

    /// <summary>Largest status message, in bytes (4 KiB): it is retained by the broker for every hub.</summary>
    public const int MaxStatusBytes = 4 * 1024;

    /// <summary>Deepest nesting that a reader of receipts and status messages follows, in levels.</summary>
    public const int MaxJsonDepth = 16;
}
