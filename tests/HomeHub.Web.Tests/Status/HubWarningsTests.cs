using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Web.Status;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Status;

public sealed class HubWarningsTests
{
    private static readonly HubOverview Well = new OverviewDouble(PagesBench.Start).Now;

    [Fact]
    public void A_hub_that_is_well_warns_of_nothing()
    {
        Assert.Empty(HubWarnings.Of(Well));
        Assert.Empty(HubWarnings.Of(Well with { Radio = CentralCondition.Ready, FreeBytes = null, BoardCelsius = HubWarnings.HotCelsius - 0.1m }));
        Assert.Empty(HubWarnings.Of(Well with { Radio = CentralCondition.Starting }));
        Assert.Empty(HubWarnings.Of(Well with { IsConnected = false, BrokerSince = PagesBench.Start - HubWarnings.BrokerPatience + TimeSpan.FromSeconds(1) }));
    }

    private static SelfCheckReport Found(CheckKind kind, CheckOutcome outcome, CheckReason reason) => SelfCheckReport.Of([new CheckFinding(kind, outcome, reason)], null, PagesBench.Start);

    [Fact]
    public void Each_trouble_is_told_of_the_gravest_first()
    {
        HubOverview bad = Well with
        {
            IsConnected = false, BrokerSince = PagesBench.Start - HubWarnings.BrokerPatience, Radio = CentralCondition.NoAdapter, FreeBytes = HubWarnings.LowBytes - 1, BoardCelsius = HubWarnings.HotCelsius,
            Held = 3, HeldBecause = HoldReason.TimeNotKnown, Counts = new BufferCounts { IsFull = true, Buffered = 5, Sent = 2, Unassigned = 1, Rejected = 4, Quarantined = 6 },
        };
        Assert.Equal(
            [
                new(WarningKind.BufferFull, 7), new(WarningKind.DiskLow), new(WarningKind.TimeNotKnown, 3), new(WarningKind.RadioNotReady), new(WarningKind.BrokerAway, 7), new(WarningKind.BoardHot),
                new(WarningKind.Unassigned, 1), new(WarningKind.Rejected, 4), new(WarningKind.Quarantined, 6),
            ],
            HubWarnings.Of(bad));
        Assert.Equal([new(WarningKind.OnBattery)], HubWarnings.Of(Well with { Power = new HubPower(true, 80) }));
        Assert.Equal([new(WarningKind.RadioNotReady)], HubWarnings.Of(Well with { Radio = CentralCondition.NotAnswering, SelfCheck = Found(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNotAnswering) }));
        Assert.Empty(HubWarnings.Of(Well with { Power = new HubPower(false, 80) }));
        Assert.Equal([new(WarningKind.SelfCheck)], HubWarnings.Of(Well with { SelfCheck = Found(CheckKind.Certificates, CheckOutcome.Warning, CheckReason.CertificateEndsSoon) }));
        Assert.Empty(HubWarnings.Of(Well with { SelfCheck = Found(CheckKind.Database, CheckOutcome.Unknown, CheckReason.NotFinished) }));

        // What is told as it is at every moment is not told twice.
        Assert.Empty(HubWarnings.Of(Well with { SelfCheck = Found(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterMissing) }));
        Assert.Equal([new(WarningKind.DiskLow)], HubWarnings.Of(Well with { FreeBytes = HubWarnings.LowBytes - 1, SelfCheck = Found(CheckKind.Disk, CheckOutcome.Bad, CheckReason.DiskFull) }));
        Assert.Equal([new(WarningKind.TimeZoneNotSet, 2)], HubWarnings.Of(Well with { Held = 2, HeldBecause = HoldReason.TimeZoneNotSet }));
    }
}
