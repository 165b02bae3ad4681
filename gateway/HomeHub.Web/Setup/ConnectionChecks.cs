using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using HomeHub.Core.Overview;
using HomeHub.Web.Look;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Setup;

/// <summary>What of the way to the care team is well and what is not, in the order in which it has to work. Pure.</summary>
public static class ConnectionChecks
{
    /// <summary>The checks.</summary>
    /// <param name="facts">What is known of the way.</param>
    /// <param name="hub">How the hub is.</param>
    /// <param name="isTimeKnown">Whether its clock is right.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="toHome">An instant in the home's time zone.</param>
    public static IReadOnlyList<ConnectionCheck> Of(ConnectionFacts facts, HubOverview hub, bool isTimeKnown, Language language, Func<DateTimeOffset, DateTimeOffset> toHome) =>
    [
        .. Links(facts.Links, language),
        Time(hub, isTimeKnown, language, toHome),
        Broker(facts, hub, language, toHome),
        .. facts.Certificates.Select(certificate => Certificate(certificate, hub.At, isTimeKnown, language, toHome)),
        Backlog(hub, language),
    ];

    private static IEnumerable<ConnectionCheck> Links(IReadOnlyList<NetworkLink> links, Language language) => links.Count == 0
        ? [new ConnectionCheck(language.Text("setup-connection.network"), NoticeKind.Trouble, language.Text("setup-connection.no-network"), "", language.Text("setup-connection.no-network-do"))]
        : links.Select(link => new ConnectionCheck(
            language.Text("setup-connection.network"), NoticeKind.Good, language.Text("setup-link", link.Kind), $"{link.Name}: {string.Join(", ", link.Addresses)}"));

    private static ConnectionCheck Time(HubOverview hub, bool isKnown, Language language, Func<DateTimeOffset, DateTimeOffset> toHome) => isKnown
        ? new ConnectionCheck(language.Text("setup-connection.time"), NoticeKind.Good, language.Text("setup-connection.time-known"), language.Moment(toHome(hub.At)))
        : new ConnectionCheck(language.Text("setup-connection.time"), NoticeKind.Attention, language.Text("setup-connection.time-not-known"), "", language.Text("setup-connection.time-do"));

    private static ConnectionCheck Broker(ConnectionFacts facts, HubOverview hub, Language language, Func<DateTimeOffset, DateTimeOffset> toHome)
    {
        string name = language.Text("status.care-team"), since = language.Text("status.since", ("moment", language.Moment(toHome(hub.BrokerSince))));
        if (hub.IsConnected)
        {
            return facts.IsEncrypted
                ? new ConnectionCheck(name, NoticeKind.Good, language.Text("status.reached"), since)
                : new ConnectionCheck(name, NoticeKind.Attention, language.Text("status.reached"), since, language.Text("setup-connection.not-encrypted"));
        }

        UplinkFault fault = facts.Fault ?? UplinkFault.NotTried;
        return new ConnectionCheck(
            name, fault == UplinkFault.NotTried ? NoticeKind.Attention : NoticeKind.Trouble, language.Text("status.not-reached"), $"{since}. {language.Text("setup-fault", fault)}{(facts.Broker.Length > 0 ? $" ({facts.Broker})" : "")}",
            language.Text("setup-fault-do", fault));
    }

    /// <summary>By a clock that is not known nothing can be said of a certificate but that it can't be read.</summary>
    private static ConnectionCheck Certificate(CertificateFact certificate, DateTimeOffset now, bool isTimeKnown, Language language, Func<DateTimeOffset, DateTimeOffset> toHome)
    {
        CertificateCondition condition = certificate.At(now);
        string name = language.Text("setup-certificate", certificate.Use);
        string until = certificate.NotAfter is { } at ? language.Text("setup-connection.until", ("date", language.Date(toHome(at)))) : "";
        if (condition != CertificateCondition.Unreadable && !isTimeKnown)
        {
            return new ConnectionCheck(name, NoticeKind.Information, language.Text("setup-connection.time-first"), until);
        }

        NoticeKind kind = condition switch
        {
            CertificateCondition.Good => NoticeKind.Good,
            CertificateCondition.EndsSoon => NoticeKind.Attention,
            _ => NoticeKind.Trouble,
        };
        return new ConnectionCheck(
            name, kind, language.Text("setup-certificate-is", condition), until, condition == CertificateCondition.Good ? null : language.Text("setup-connection.certificate-do"));
    }

    private static ConnectionCheck Backlog(HubOverview hub, Language language)
    {
        long waiting = hub.Counts.Buffered + hub.Counts.Sent + hub.Held;
        string oldest = hub.Counts.OldestUnreceiptedAt is { } at ? language.Text("setup-connection.oldest", ("ago", language.Ago(at, hub.At))) : "";
        string? toDo = hub.Held > 0 ? language.Text("setup-connection.held") : waiting > 0 && !hub.IsConnected ? language.Text("setup-connection.waiting-do") : null;
        return new ConnectionCheck(
            language.Text("status.waiting"), toDo is null ? NoticeKind.Good : NoticeKind.Attention, language.Count("warning.readings", waiting), oldest, toDo);
    }
}
