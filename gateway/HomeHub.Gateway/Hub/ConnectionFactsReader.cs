using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using HomeHub.Gateway.Configuration;
using HomeHub.Mosquitto;

namespace HomeHub.Gateway.Hub;

/// <summary>What is known of the way to the care team, from the configuration, its files and the system.</summary>
/// <param name="broker">The broker as it is configured; its URL can be read.</param>
/// <param name="fault">Why it is not reached; null while it is.</param>
/// <param name="links">The interfaces that are up.</param>
internal sealed class ConnectionFactsReader(BrokerConfiguration broker, Func<UplinkFault?> fault, Func<IReadOnlyList<NetworkLink>> links) : IConnectionFacts
{
    /// <summary>Largest file that is read for certificates, in bytes; that of all authorities of a system has some 220 KB.</summary>
    private const int MaxFileBytes = 1024 * 1024;

    /// <inheritdoc/>
    public ConnectionFacts Read()
    {
        bool isRead = MosquittoAddress.TryParse(broker.Url!, out MosquittoAddress? address, out _);
        return new ConnectionFacts
        {
            Broker = isRead ? $"{address!.Host}:{address.Port}" : "",
            IsEncrypted = isRead && address!.Tls,
            Fault = fault(),
            Certificates =
            [
                .. broker.CaFile is { } authority ? [ReadCertificates(CertificateUse.Authority, authority)] : Array.Empty<CertificateFact>(),
                .. broker.CertificateFile is { } own ? [ReadCertificates(CertificateUse.Own, own)] : Array.Empty<CertificateFact>(),
            ],
            Links = links(),
        };
    }

    /// <summary>What a file says of how long its certificates hold; without dates where it can not be read.</summary>
    public static CertificateFact ReadCertificates(CertificateUse use, string file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(file).Length <= MaxFileBytes)
            {
                found.ImportFromPemFile(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Told as not readable, below.
        }

        try
        {
            return found.Count == 0
                ? new CertificateFact(use, null, null)
                : new CertificateFact(use, found.Max(one => new DateTimeOffset(one.NotBefore)), found.Min(one => new DateTimeOffset(one.NotAfter)));
        }
        finally
        {
            foreach (X509Certificate2 one in found)
            {
                one.Dispose();
            }
        }
    }
}
