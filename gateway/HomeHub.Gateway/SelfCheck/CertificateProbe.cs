using System.Globalization;
using HomeHub.Core.Network;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Time;

namespace HomeHub.Gateway.SelfCheck;

/// <summary>Until when certificates hold: of the authority of the broker, the hub's own towards it, and the pages'.</summary>
/// <param name="files">The files, with the name that is told of each, which is no path.</param>
/// <param name="clock">Whether the hub knows the time: without it nothing can be said of a certificate but that it can't be read.</param>
/// <param name="time">The clock.</param>
internal sealed class CertificateProbe(IReadOnlyList<(string Name, Func<CertificateFact> Read)> files, IHubClock clock, TimeProvider time) : ISelfCheckProbe
{
    /// <inheritdoc/>
    public CheckKind Kind => CheckKind.Certificates;

    /// <inheritdoc/>
    public Task<CheckFinding> RunAsync(CancellationToken cancellation)
    {
        var all = new CheckFinding(Kind, files.Count == 0 ? CheckOutcome.Off : CheckOutcome.Good);
        foreach ((string name, Func<CertificateFact> read) in files)
        {
            all = all.Or(Look(name, read()));
        }

        return Task.FromResult(all);
    }

    private CheckFinding Look(string name, CertificateFact certificate)
    {
        CertificateCondition condition = certificate.At(time.GetUtcNow());
        if (condition != CertificateCondition.Unreadable && !clock.IsTimeKnown)
        {
            return new CheckFinding(Kind, CheckOutcome.Unknown, CheckReason.TimeNotKnown);
        }

        return condition switch
        {
            CertificateCondition.Good => new CheckFinding(Kind, CheckOutcome.Good),
            CertificateCondition.EndsSoon => new CheckFinding(Kind, CheckOutcome.Warning, CheckReason.CertificateEndsSoon, Told(name, "until", certificate.NotAfter)),
            CertificateCondition.Ended => new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.CertificateEnded, Told(name, "until", certificate.NotAfter)),
            CertificateCondition.NotYet => new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.CertificateNotYet, Told(name, "from", certificate.NotBefore)),
            _ => new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.CertificateUnreadable, name),
        };
    }

    private static string Told(string name, string word, DateTimeOffset? at) => string.Create(CultureInfo.InvariantCulture, $"{name} {word} {at:yyyy-MM-dd}");
}
