namespace HomeHub.Core.Network;

/// <summary>How a certificate stands.</summary>
public enum CertificateCondition
{
    /// <summary>Valid, and for a while.</summary>
    Good,

    /// <summary>Valid, but not for long: <see cref="CertificateFact.EndsSoon"/>.</summary>
    EndsSoon,

    /// <summary>Not valid any more.</summary>
    Ended,

    /// <summary>Not valid yet, or the hub's clock is wrong.</summary>
    NotYet,

    /// <summary>Its file can't be read, or holds no certificate.</summary>
    Unreadable,
}
