namespace HomeHub.Core.Network;

/// <summary>A certificate of the connection to the broker.</summary>
/// <param name="Use">What it is for.</param>
/// <param name="NotBefore">Since when it is valid; null where its file can't be read. Of several in a file, the latest.</param>
/// <param name="NotAfter">Until when; null where its file can't be read. Of several in a file, the earliest.</param>
public sealed record CertificateFact(CertificateUse Use, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    /// <summary>How long before its end somebody is told that it ends.</summary>
    public static readonly TimeSpan EndsSoon = TimeSpan.FromDays(30);

    /// <summary>How it stands at a time.</summary>
    public CertificateCondition At(DateTimeOffset now) =>
        NotBefore is not { } from || NotAfter is not { } until ? CertificateCondition.Unreadable
        : now < from ? CertificateCondition.NotYet
        : now >= until ? CertificateCondition.Ended
        : until - now < EndsSoon ? CertificateCondition.EndsSoon
        : CertificateCondition.Good;
}
