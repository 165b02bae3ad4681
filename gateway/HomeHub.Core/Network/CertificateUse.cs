namespace HomeHub.Core.Network;

/// <summary>What a certificate of the connection to the broker is for.</summary>
public enum CertificateUse
{
    /// <summary>The authority that the broker's certificate must come from.</summary>
    Authority,

    /// <summary>The hub's own, by which the broker knows it.</summary>
    Own,
}
