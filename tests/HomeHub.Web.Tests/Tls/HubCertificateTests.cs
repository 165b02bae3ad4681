using System.Net;
using System.Security.Cryptography.X509Certificates;
using HomeHub.Testing.Time;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Tls;

namespace HomeHub.Web.Tests.Tls;

public sealed class HubCertificateTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("192.168.1.20"), Moved = IPAddress.Parse("192.168.1.77");

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-certificate-").FullName;
    private readonly ManualTime _time = new(PagesBench.Start);
    private IReadOnlyList<IPAddress> _addresses = [IPAddress.Loopback, Here];

    [Fact]
    public void The_first_start_makes_a_key_for_its_owner_only_and_a_certificate_that_names_the_hub()
    {
        using HubCertificate opened = Open();
        X509Certificate2 certificate = opened.Current();
        X509SubjectAlternativeNameExtension names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["homehub-ab12.local", "homehub-ab12", "localhost"], names.EnumerateDnsNames());
        Assert.Equal(_addresses, names.EnumerateIPAddresses());
        Assert.Equal(256, certificate.GetECDsaPublicKey()!.KeySize);
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.True(certificate.HasPrivateKey);
        Assert.Equal(HubCertificate.Lifetime, certificate.NotAfter - certificate.NotBefore);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(_folder, HubKey.FileName)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(Path.Combine(_folder, HubCertificate.FileName)), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_restart_takes_the_same_certificate()
    {
        string first;
        using (HubCertificate opened = Open())
        {
            first = opened.Current().Thumbprint;
        }

        using HubCertificate again = Open();
        Assert.Equal(first, again.Current().Thumbprint);
    }

    [Fact]
    public void It_is_made_anew_with_the_same_key_before_its_end_while_the_hub_runs()
    {
        using HubCertificate opened = Open();
        X509Certificate2 first = opened.Current();
        _time.Advance(HubCertificate.Lifetime - HubCertificate.Backdated - HubCertificate.RenewBefore - TimeSpan.FromHours(1));
        Assert.Equal(first.Thumbprint, opened.Current().Thumbprint);
        _time.Advance(TimeSpan.FromHours(1));
        X509Certificate2 next = opened.Current();
        Assert.NotEqual(first.Thumbprint, next.Thumbprint);
        Assert.Equal(first.GetPublicKey(), next.GetPublicKey());
        Assert.Equal(_time.GetUtcNow() - HubCertificate.Backdated + HubCertificate.Lifetime, next.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_leave_a_certificate_that_does_not_hold_yet()
    {
        using HubCertificate opened = Open();
        _time.Step(TimeSpan.FromDays(-300));
        Assert.True(opened.Current().NotBefore.ToUniversalTime() <= _time.GetUtcNow());
    }

    [Fact]
    public void A_new_address_of_the_hub_is_named_within_a_minute_and_an_old_one_that_went_changes_nothing()
    {
        using HubCertificate opened = Open();
        string first = opened.Current().Thumbprint;
        _addresses = [IPAddress.Loopback];
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(first, opened.Current().Thumbprint);
        _addresses = [IPAddress.Loopback, Moved];
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains(Moved, opened.Current().Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateIPAddresses());
        Assert.Equal(opened.Fingerprint, HubKey.FingerprintOf(opened.Current().GetECDsaPublicKey()!));
    }

    [Fact]
    public void A_damaged_certificate_is_made_anew_but_a_damaged_key_is_left_for_a_person()
    {
        byte[] fingerprint;
        using (HubCertificate opened = Open())
        {
            fingerprint = [.. opened.Fingerprint];
        }

        File.WriteAllText(Path.Combine(_folder, HubCertificate.FileName), "nonsense");
        using (HubCertificate again = Open())
        {
            Assert.Equal(fingerprint, again.Fingerprint);
        }

        string key = Path.Combine(_folder, HubKey.FileName);
        File.WriteAllText(key, "nonsense");
        Assert.Contains(HubKey.FileName, Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal("nonsense", File.ReadAllText(key));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private HubCertificate Open() => HubCertificate.Open(_folder, HubName.Of(PagesBench.Hub), () => _addresses, _time);
}
