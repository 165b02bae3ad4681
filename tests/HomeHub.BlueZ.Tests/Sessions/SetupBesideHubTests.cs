using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing.Audit;
using HomeHub.Testing.BlueZ;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>Devices are looked for and paired on the same radio on which a hub listens and connects its own.</summary>
public sealed class SetupBesideHubTests
{
    private const string Who = "nurse";
    private const byte AuthenticatedKey = 3;

    [Fact]
    public async Task A_device_is_found_and_paired_while_the_hub_takes_readings_of_another()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice known = Household.NewCuff("C0:FF:EE:00:00:02", 3);
        await home.SetUpAsync(known);
        StandInDevice cuff = Household.NewCuff() with { Pairing = StandInPairing.Compare };
        home.StandIn.Paired += () => home.Radio.Kernel.Tell(new KernelEvent(0, cuff.Address, false, AuthenticatedKey));
        await using var audit = new InMemoryAuditLog();
        await using var nearby = new NearbyWatch(home.Radio.Central, DeviceCatalogue.Empty, TimeProvider.System);
        await using var desk = new SetupDesk(
            home.Radio.Central, home.Registry, audit, DeviceCatalogue.Empty, TimeProvider.System, () => true, NullLogger<SetupDesk>.Instance);

        await home.AdvertiseUntilAsync(() => nearby.Look().Any(device => device.Heard.Address == cuff.Address), "it is near", cuff, known);
        Assert.True(desk.Start(cuff.Address, false, Who));
        await home.AdvertiseUntilAsync(() => desk.Find(cuff.Address)!.Stage == SetupStage.ComparisonAsked, "the number is to be compared", cuff, known);
        Assert.Equal(cuff.Passkey, desk.Find(cuff.Address)!.Passkey);
        Assert.True(desk.TellComparison(cuff.Address, true));
        await home.AdvertiseUntilAsync(() => desk.Find(cuff.Address)!.IsOver, "it is set up", cuff, known);
        Assert.Equal(SetupStage.Done, desk.Find(cuff.Address)!.Stage);
        Assert.Equal(BondSecurity.SecureConnectionsAuthenticated, (await home.FindAsync(cuff)).Bond);

        await home.AdvertiseUntilAsync(() => home.Stored == 3 && home.Buffer.CountAsync(default).Result.Unassigned > 0, "both have told", cuff, known);
        Assert.Equal(3, home.Stored);
    }
}
