using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HomeHub.Web.Tls;

/// <summary>
/// The certificate of the hub's pages: signed by the hub's own key, in <c>pages.crt</c> of the data folder. Made anew, with the same key, when it comes near its
/// end, does not hold yet by the hub's clock (which may have been wrong), or does not name an address that the hub has now. No timer: it is looked at when somebody
/// connects.
/// </summary>
public sealed class HubCertificate : IDisposable
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "pages.crt";

    /// <summary>How long a certificate holds. Browsers refuse longer ones, also such that a person has accepted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);

    /// <summary>How long before its end it is made anew.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>How old it is made to look, for a phone whose clock is behind the hub's.</summary>
    public static readonly TimeSpan Backdated = TimeSpan.FromDays(1);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private readonly string _folder, _name;
    private readonly TimeProvider _time;
    private readonly Func<IReadOnlyList<IPAddress>> _addresses;
    private readonly ECDsa _key;
    private readonly Lock _gate = new();
    private X509Certificate2? _current;
    private long _looked;

    private HubCertificate(string folder, string name, Func<IReadOnlyList<IPAddress>> addresses, TimeProvider time, ECDsa key)
    {
        (_folder, _name, _addresses, _time, _key) = (folder, name, addresses, time, key);
        Fingerprint = HubKey.FingerprintOf(key);
    }

    /// <summary>SHA-256 of the public key, 32 octets.</summary>
    public IReadOnlyList<byte> Fingerprint { get; }

    /// <summary>Opens the certificate of a data folder, making key and certificate at the first start.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="name">The hub's name, <c>homehub-1a2b</c>.</param>
    /// <param name="addresses">Tells the hub's addresses of now.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">Key or certificate can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="InvalidDataException">The key's file is no key.</exception>
    public static HubCertificate Open(string folder, string name, Func<IReadOnlyList<IPAddress>> addresses, TimeProvider time)
    {
        var certificate = new HubCertificate(folder, name, addresses, time, HubKey.Open(folder));
        try
        {
            _ = certificate.Current();
            return certificate;
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>The certificate that holds now.</summary>
    public X509Certificate2 Current()
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (_current is { } known && _time.GetElapsedTime(_looked) < LookInterval && Holds(known, now))
            {
                return known;
            }

            _looked = _time.GetTimestamp();
            IReadOnlyList<IPAddress> addresses = _addresses();
            if (_current is null || !IsGood(_current, now, addresses))
            {
                // Not disposed: a connection may be made with it at this moment.
                _current = ReadGood(now, addresses) ?? Make(now, addresses);
            }

            return _current;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _current?.Dispose();
        _key.Dispose();
    }

    private X509Certificate2? ReadGood(DateTimeOffset now, IReadOnlyList<IPAddress> addresses)
    {
        try
        {
            using X509Certificate2 read = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, FileName));
            return IsGood(read, now, addresses) ? read.CopyWithPrivateKey(_key) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or CryptographicException)
        {
            // Not there yet, or damaged: it is made anew, and nothing is lost by that.
            return null;
        }
    }

    private static bool Holds(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotBefore.ToUniversalTime() <= now && now < certificate.NotAfter.ToUniversalTime() - RenewBefore;

    private bool IsGood(X509Certificate2 certificate, DateTimeOffset now, IReadOnlyList<IPAddress> addresses)
    {
        using ECDsa? key = certificate.GetECDsaPublicKey();
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return key is not null && Fingerprint.SequenceEqual(HubKey.FingerprintOf(key))
            && Holds(certificate, now)
            && names is not null && addresses.All(names.EnumerateIPAddresses().Contains) && names.EnumerateDnsNames().Contains(_name + ".local");
    }

    private X509Certificate2 Make(DateTimeOffset now, IReadOnlyList<IPAddress> addresses)
    {
        var request = new CertificateRequest($"CN={_name}.local", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(_name + ".local");
        names.AddDnsName(_name);
        names.AddDnsName("localhost");
        foreach (IPAddress address in addresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS server")], critical: false));
        X509Certificate2 made = request.CreateSelfSigned(now - Backdated, now - Backdated + Lifetime);
        File.Move(PrivateFile.Write(_folder, FileName, made.ExportCertificatePem() + "\n"), Path.Combine(_folder, FileName), overwrite: true);
        return made;
    }
}
