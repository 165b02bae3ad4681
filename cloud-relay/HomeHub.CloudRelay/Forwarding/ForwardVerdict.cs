namespace HomeHub.CloudRelay.Forwarding;

/// <summary>What to do after an answer of the FHIR server.</summary>
internal enum ForwardVerdict
{
    /// <summary>The server has the Bundle.</summary>
    Done,

    /// <summary>Send the same again later.</summary>
    Retry,

    /// <summary>Send the same again later, and tell the operator: address, credentials or abilities of the server are not what they should be.</summary>
    RetryAndReport,

    /// <summary>The server will never take this content.</summary>
    Refused,
}
