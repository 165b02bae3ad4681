using System.Security.Cryptography;

namespace HomeHub.Web.Tls;

/// <summary>
/// The key of the hub's pages: ECDSA P-256, made once, in <c>pages.key</c> of the data folder, for its owner only. It stays when the certificate is renewed, so
/// that the fingerprint on the label stays true.
/// </summary>
public static class HubKey
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "pages.key";

    /// <summary>The key of a data folder, made if there is none.</summary>
    /// <exception cref="IOException">It can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="InvalidDataException">The file is no key of this kind. It is left as it is: whoever removes it decides for a new fingerprint.</exception>
    public static ECDsa Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            Make(folder, path);
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.KeySize == 256 ? key : throw new InvalidDataException($"{path} is no ECDSA key on the curve P-256.");
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{path} is no ECDSA key on the curve P-256.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo), 32 octets: what the label's code pins.</summary>
    public static byte[] FingerprintOf(ECDsa key) => SHA256.HashData(key.ExportSubjectPublicKeyInfo());

    /// <summary>Two processes may come first at the same time: the file that is there first counts.</summary>
    private static void Make(string folder, string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string draft = PrivateFile.Write(folder, FileName, key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
