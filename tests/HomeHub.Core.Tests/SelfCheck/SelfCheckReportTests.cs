using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.SelfCheck;

public class SelfCheckReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    private static readonly CheckFinding
        Good = new(CheckKind.Disk, CheckOutcome.Good, null, "9000 MB"), Low = new(CheckKind.Disk, CheckOutcome.Warning, CheckReason.DiskLow, "400 MB"), Off = new(CheckKind.Adapter, CheckOutcome.Off);

    [Fact]
    public void What_is_still_so_keeps_since_when_however_its_detail_changes()
    {
        var first = SelfCheckReport.Of([Low, Off], null, Now);
        var second = SelfCheckReport.Of([Low with { Detail = "399 MB" }, Off], first, Now.AddHours(1));
        Assert.Equal((Now, Now), (second.Of(CheckKind.Disk)!.Since, second.Of(CheckKind.Adapter)!.Since));
        Assert.Equal("399 MB", second.Of(CheckKind.Disk)!.Finding.Detail);
        Assert.Empty(second.ChangedSince(first));
        var third = SelfCheckReport.Of([Good, Off], second, Now.AddHours(2));
        Assert.Equal(Now.AddHours(2), third.Of(CheckKind.Disk)!.Since);
        Assert.Equal(CheckKind.Disk, Assert.Single(third.ChangedSince(second)).Finding.Kind);
    }

    [Fact]
    public void Of_several_findings_of_a_check_the_gravest_counts()
    {
        CheckFinding ended = new(CheckKind.Certificates, CheckOutcome.Bad, CheckReason.CertificateEnded), soon = new(CheckKind.Certificates, CheckOutcome.Warning, CheckReason.CertificateEndsSoon);
        Assert.Equal(ended, SelfCheckReport.Of([soon, ended], null, Now).Of(CheckKind.Certificates)!.Finding);
        Assert.Equal(ended, ended.Or(soon));
        Assert.Equal(soon, soon.Or(soon with { Detail = "another" }));
    }

    [Theory]
    [InlineData(CheckOutcome.Off, false)]
    [InlineData(CheckOutcome.Good, false)]
    [InlineData(CheckOutcome.Unknown, false)]
    [InlineData(CheckOutcome.Warning, true)]
    [InlineData(CheckOutcome.Bad, true)]
    public void Attention_is_asked_for_what_works_badly_or_not(CheckOutcome outcome, bool expected) =>
        Assert.Equal(expected, SelfCheckReport.Of([Good, new CheckFinding(CheckKind.Clock, outcome, CheckReason.TimeNotKnown)], null, Now).NeedsAttention);

    [Fact]
    public void A_result_is_one_word()
    {
        var report = SelfCheckReport.Of([Low, Off], null, Now);
        Assert.Equal(new CheckCodes(null, "warning:disk-low", null, null, "off"), CheckCodes.Of(report));
        Assert.Equal(["disk", "adapter"], report.Results.Select(result => result.Name));
        Assert.Null(CheckCodes.Of(null));
    }

    [Fact]
    public void A_report_that_moved_with_the_clock_tells_other_moments_and_the_same_otherwise()
    {
        var report = SelfCheckReport.Of([Low], null, Now);
        SelfCheckReport moved = report.Moved(TimeSpan.FromDays(1));
        Assert.Equal((Now.AddDays(1), Now.AddDays(1)), (moved.At, moved.Results[0].Since));
        Assert.False(report.TellsAs(moved));
        Assert.True(report.TellsAs(report.Moved(TimeSpan.FromMilliseconds(300))));
        Assert.False(report.TellsAs(SelfCheckReport.Of([Good], null, Now)));
    }

    [Theory]
    [InlineData(true, 0, CheckOutcome.Good)]
    [InlineData(false, 5, CheckOutcome.Unknown)]
    [InlineData(false, 15, CheckOutcome.Warning)]
    public async Task A_clock_may_take_a_while_to_be_set(bool isKnown, int minutes, CheckOutcome expected)
    {
        CheckFinding found = await new ClockProbe(new ClockDouble { IsTimeKnown = isKnown, Uptime = TimeSpan.FromMinutes(minutes) }).RunAsync(default);
        Assert.Equal((CheckKind.Clock, expected), (found.Kind, found.Outcome));
    }

    [Fact]
    public void Every_condition_of_the_radio_has_its_outcome()
    {
        Assert.Equal(CheckOutcome.Off, AdapterProbe.Of(null).Outcome);
        Assert.Equal(CheckOutcome.Good, AdapterProbe.Of(CentralCondition.Ready).Outcome);
        Assert.Equal(CheckOutcome.Unknown, AdapterProbe.Of(CentralCondition.Starting).Outcome);
        CheckFinding[] rest = [.. Enum.GetValues<CentralCondition>().Where(condition => condition is not (CentralCondition.Ready or CentralCondition.Starting)).Select(condition => AdapterProbe.Of(condition))];
        Assert.All(rest, found => Assert.Equal(CheckOutcome.Bad, found.Outcome));
        Assert.Equal(rest.Length, rest.Select(found => found.Reason).Distinct().Count());
    }
}
