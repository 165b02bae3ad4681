using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace HomeHub.CloudRelay.Api;

/// <summary>What protects the API. On loopback nothing is asked for that is not configured.</summary>
/// <param name="Certificate">The server's certificate with its key; null without TLS.</param>
/// <param name="Tokens">Bearer tokens; null: none asked for.</param>
/// <param name="ClientAuthorities">CAs that clients' certificates come from; null: none asked for.</param>
internal sealed record ApiSecurity(X509Certificate2? Certificate, AccessTokens? Tokens, X509Certificate2Collection? ClientAuthorities)
{
    /// <summary>Whom the API may be shown to, and why not.</summary>
    /// <param name="listen">Where it would listen.</param>
    /// <returns>Null when it may; else option and reason.</returns>
    public (string Key, string Problem)? Refusal(ListenAddress listen)
    {
        if (listen.Tls != Certificate is not null)
        {
            return listen.Tls
                ? ("tls-certificate", "--listen says https: name the certificate by --tls-certificate and its key by --tls-key.")
                : ("listen", "A certificate is configured, so --listen must say https.");
        }

        if (ClientAuthorities is not null && !listen.Tls)
        {
            return ("client-ca", "Client certificates need TLS: --listen https://…, --tls-certificate and --tls-key.");
        }

        if (listen.IsLoopback)
        {
            return null;
        }

        return !listen.Tls
            ? ("listen", "Health data leaves this machine only by TLS: use https with --tls-certificate and --tls-key, or listen on 127.0.0.1.")
            : Tokens is null && ClientAuthorities is null
                ? ("token-file", "Beyond this machine callers must show who they are: configure --token-file, or --client-ca, or listen on 127.0.0.1.")
                : null;
    }

    /// <summary>Sets up TLS.</summary>
    public void Configure(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificate = Certificate;
        if (ClientAuthorities is { } authorities)
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => ComesFrom(certificate, authorities);
        }
    }

    /// <summary>Reads certificate and key.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="CryptographicException">They are no certificate and key in PEM.</exception>
    public static X509Certificate2 LoadCertificate(string certificateFile, string keyFile) =>
        X509Certificate2.CreateFromPemFile(certificateFile, keyFile);

    /// <summary>Reads the CAs.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificate in PEM.</exception>
    public static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("The file holds no certificate.");
    }

    private static bool ComesFrom(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2", "TLS client"));
        return chain.Build(certificate);
    }
}
