using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Time;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Sqlite;
using HomeHub.Web.Tls;

namespace HomeHub.Gateway.SelfCheck;

/// <summary>What the hub looks at of itself, in the order in which it looks.</summary>
internal static class SelfCheckProbes
{
    /// <summary>The probes of a hub.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="radio">Its radio; null where it runs without.</param>
    /// <param name="clock">What it knows of its time.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ISelfCheckProbe> Of(string folder, HubConfiguration configuration, ICentral? radio, IHubClock clock, TimeProvider time) =>
    [
        new SqliteProbe(folder, time),
        new DiskProbe(folder, DiskRoom.Read),
        new ClockProbe(clock),
        new CertificateProbe([.. CertificateFiles(folder, configuration)], clock, time),
        new AdapterProbe(radio, time),
    ];

    /// <summary>The pages' own is made anew when somebody connects while it is near its end: until then it is shown to nobody, so only one that can't be read is told of.</summary>
    private static IEnumerable<(string Name, Func<CertificateFact> Read)> CertificateFiles(string folder, HubConfiguration configuration)
    {
        if (configuration.Broker.CaFile is { } authority)
        {
            yield return (Path.GetFileName(authority), () => ConnectionFactsReader.ReadCertificates(CertificateUse.Authority, authority));
        }

        if (configuration.Broker.CertificateFile is { } own)
        {
            yield return (Path.GetFileName(own), () => ConnectionFactsReader.ReadCertificates(CertificateUse.Own, own));
        }

        string pages = Path.Combine(folder, HubCertificate.FileName);
        if (configuration.Pages.Url is not null && File.Exists(pages))
        {
            yield return (HubCertificate.FileName, () => ConnectionFactsReader.ReadCertificates(CertificateUse.Own, pages) is { NotAfter: null } unreadable
                ? unreadable
                : new CertificateFact(CertificateUse.Own, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        }
    }
}
