using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using HomeHub.Core.Overview;
using HomeHub.Testing.Network;
using HomeHub.Web.Look;
using HomeHub.Web.Setup;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Tests.Setup;

public sealed class ConnectionTests
{
    private static readonly DateTimeOffset Now = PagesBench.Start;
    private static readonly HubOverview Well = new OverviewDouble(Now).Now;
    private static readonly ConnectionFacts Facts = new ConnectionFactsDouble(Now).Now;

    [Fact]
    public void A_way_that_works_asks_for_nothing() => Assert.All(Check(Facts, Well), check => Assert.Equal((NoticeKind.Good, null), (check.Kind, check.Do)));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_reason_why_the_care_team_is_not_reached_has_words_and_something_to_do(UplinkFault fault)
    {
        foreach (string code in Languages.Codes)
        {
            ConnectionCheck broker = ConnectionChecks.Of(Facts with { Fault = fault }, Well with { IsConnected = false }, true, Languages.Find(code)!, at => at)[2];
            Assert.Contains(Languages.Find(code)!.Text("setup-fault", fault), broker.More, StringComparison.Ordinal);
            Assert.Contains("broker.example:8883", broker.More, StringComparison.Ordinal);
            Assert.NotNull(broker.Do);
        }
    }

    [Theory]
    [InlineData(900, "Good", NoticeKind.Good)]
    [InlineData(30, "Good", NoticeKind.Good)]
    [InlineData(29, "Ends soon", NoticeKind.Attention)]
    [InlineData(0, "Has ended", NoticeKind.Trouble)]
    [InlineData(-1, "Has ended", NoticeKind.Trouble)]
    public void A_certificate_is_told_with_its_end(int days, string word, NoticeKind kind)
    {
        var certificate = new CertificateFact(CertificateUse.Own, Now.AddDays(-400), Now.AddDays(days));
        ConnectionCheck check = Check(Facts with { Certificates = [certificate] }, Well)[3];
        Assert.Equal((word, kind, days >= 30), (check.Word, check.Kind, check.Do is null));
        Assert.Contains(Languages.Default.Date(Now.AddDays(days)), check.More, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_can_not_be_read_or_is_not_valid_yet_is_trouble()
    {
        ConnectionFacts facts = Facts with { Certificates = [new(CertificateUse.Authority, null, null), new(CertificateUse.Own, Now.AddDays(1), Now.AddDays(90))] };
        Assert.Equal(["Can't be read", "Not valid yet"], Check(facts, Well).Skip(3).Take(2).Select(check => check.Word));
        Assert.All(Check(facts, Well).Skip(3).Take(2), check => Assert.Equal(NoticeKind.Trouble, check.Kind));
    }

    [Fact]
    public void While_the_time_is_not_known_no_certificate_is_judged()
    {
        ConnectionFacts facts = Facts with { Certificates = [new(CertificateUse.Own, Now.AddDays(1), Now.AddDays(90))] };
        IReadOnlyList<ConnectionCheck> checks = ConnectionChecks.Of(facts, Well, isTimeKnown: false, Languages.Default, at => at);
        Assert.Equal((NoticeKind.Attention, NoticeKind.Information), (checks[1].Kind, checks[3].Kind));
        Assert.NotNull(checks[1].Do);
    }

    [Fact]
    public void Without_network_it_says_what_to_plug_in_and_what_waits_is_not_lost()
    {
        IReadOnlyList<ConnectionCheck> checks = Check(
            Facts with { Links = [], Fault = UplinkFault.Unreachable }, Well with { IsConnected = false, Counts = new BufferCounts { Buffered = 3, OldestUnreceiptedAt = Now.AddHours(-2) } });
        Assert.Equal(NoticeKind.Trouble, checks[0].Kind);
        Assert.Contains("cable", checks[0].Do, StringComparison.Ordinal);
        Assert.Equal(("3 readings", "The oldest 2 hours ago"), (checks[^1].Word, checks[^1].More));
        Assert.Contains("Nothing is lost", checks[^1].Do, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_held_is_told_and_a_way_without_encryption_too()
    {
        IReadOnlyList<ConnectionCheck> checks = Check(Facts with { IsEncrypted = false }, Well with { Held = 2 });
        Assert.Contains("not encrypted", checks[2].Do, StringComparison.Ordinal);
        Assert.Equal("2 readings", checks[^1].Word);
        Assert.NotNull(checks[^1].Do);
    }

    [Fact]
    public async Task The_page_tells_all_of_it_and_goes_on()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        PageBrowser nurse = await bench.SignInAsync(0);
        string page = await nurse.ReadAsync("/setup/connection");
        foreach (string said in new[] { "The connection works", "eth0: 192.168.1.20", "since 26 November 2026, 03:30", "Certificate of the hub", "0 readings", "data-live=\"/setup/connection/live\"" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.Equal("/setup/place", (await nurse.PostAsync("/setup/connection/done")).Headers.Location!.ToString());
    }

    public static TheoryData<UplinkFault> Faults => [.. Enum.GetValues<UplinkFault>()];

    private static IReadOnlyList<ConnectionCheck> Check(ConnectionFacts facts, HubOverview hub) => ConnectionChecks.Of(facts, hub, isTimeKnown: true, Languages.Default, at => at);
}
