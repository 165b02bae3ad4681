using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests;

public sealed class PairingTests
{
    private const byte LegacyKey = 0;
    private const byte SecureKey = 2;
    private const byte AuthenticatedKey = 3;

    [Theory]
    [InlineData(StandInPairing.JustWorks, "confirm", SecureKey, BondSecurity.SecureConnections)]
    [InlineData(StandInPairing.Authorize, "confirm", SecureKey, BondSecurity.SecureConnections)]
    [InlineData(StandInPairing.Enter, "enter", AuthenticatedKey, BondSecurity.SecureConnectionsAuthenticated)]
    [InlineData(StandInPairing.Display, "display 123456", AuthenticatedKey, BondSecurity.SecureConnectionsAuthenticated)]
    [InlineData(StandInPairing.Compare, "compare 123456", AuthenticatedKey, BondSecurity.SecureConnectionsAuthenticated)]
    public async Task The_person_is_asked_once_and_the_bond_is_trusted(StandInPairing pairing, string asked, byte key, BondSecurity security)
    {
        await using BlueZFixture home = await StartAsync(pairing);
        TellKey(home, key);
        var prompt = new ScriptedPrompt { Passkey = 123_456 };
        Assert.Equal(security, await PairAsync(home, prompt));
        Assert.Equal([asked], prompt.Asked);
        Assert.True(home.Monitor is { IsPaired: true, IsTrusted: true, IsConnected: false });
        await BlueZFixture.UntilAsync(() => home.Central.ListBondedAsync(CancellationToken.None).Result.Count == 1);

        await home.Central.ForgetAsync(home.Monitor.Address, CancellationToken.None);
        await home.Central.ForgetAsync(home.Monitor.Address, CancellationToken.None);
        Assert.Empty(await home.Central.ListBondedAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(StandInPairing.JustWorks)]
    [InlineData(StandInPairing.Authorize)]
    [InlineData(StandInPairing.Enter)]
    [InlineData(StandInPairing.Compare)]
    public async Task A_person_who_refuses_leaves_no_bond(StandInPairing pairing)
    {
        await using BlueZFixture home = await StartAsync(pairing);
        TellKey(home, SecureKey);
        var error = await Assert.ThrowsAsync<PeripheralException>(() => PairAsync(home, new ScriptedPrompt { Agrees = false }));
        Assert.Equal(PeripheralFault.PairingRejected, error.Fault);
        Assert.False(home.Monitor.IsPaired);
        Assert.Contains("RemoveDevice", home.StandIn.Calls);
    }

    [Fact]
    public async Task A_wrong_passkey_leaves_no_bond()
    {
        await using BlueZFixture home = await StartAsync(StandInPairing.Enter);
        var error = await Assert.ThrowsAsync<PeripheralException>(() => PairAsync(home, new ScriptedPrompt { Passkey = 1 }));
        Assert.Equal(PeripheralFault.PairingRejected, error.Fault);
        Assert.False(home.Monitor.IsPaired);
    }

    [Theory]
    [InlineData(LegacyKey, false)]
    [InlineData(null, false)]
    [InlineData(LegacyKey, true)]
    [InlineData(null, true)]
    public async Task A_bond_of_the_old_or_an_unknown_kind_stays_only_where_it_is_allowed(byte? key, bool isAllowed)
    {
        await using BlueZFixture home = await StartAsync(StandInPairing.Authorize);
        if (key is { } type)
        {
            TellKey(home, type);
        }

        Task<BondSecurity> Pair() => PairAsync(home, new ScriptedPrompt(), allowLegacy: isAllowed);
        if (isAllowed)
        {
            Assert.Equal(key is null ? BondSecurity.Unknown : BondSecurity.Legacy, await Pair());
        }
        else
        {
            Assert.Equal(PeripheralFault.LegacyPairing, (await Assert.ThrowsAsync<PeripheralException>(Pair)).Fault);
        }

        Assert.Equal(isAllowed, home.Monitor.IsPaired);
    }

    [Fact]
    public async Task Whoever_pairs_uninvited_is_rejected_also_while_another_pairs()
    {
        await using BlueZFixture home = await StartAsync(StandInPairing.Authorize);
        Assert.True(home.StandIn.HasDefaultAgent);
        StandInDevice stranger = BlueZFixture.NewMonitor("66:66:66:66:66:66");
        Assert.Equal("org.bluez.Error.Rejected", await home.StandIn.PairUninvitedAsync(stranger));

        string? answer = null;
        home.StandIn.Script("Pair", async _ =>
        {
            answer = await home.StandIn.PairUninvitedAsync(stranger);
            return null;
        });
        TellKey(home, SecureKey);
        var prompt = new ScriptedPrompt();
        await PairAsync(home, prompt);
        Assert.Equal("org.bluez.Error.Rejected", answer);
        Assert.Single(prompt.Asked);
    }

    [Fact]
    public async Task A_command_beside_the_hub_leaves_uninvited_pairings_to_it()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { IsDefaultAgent = false });
        Assert.Contains("RegisterAgent", home.StandIn.Calls);
        Assert.False(home.StandIn.HasDefaultAgent);
    }

    [Fact]
    public async Task A_pairing_that_hangs_ends_at_its_limit_without_bond()
    {
        await using BlueZFixture home = await StartAsync(StandInPairing.Authorize);
        home.StandIn.Mute("Pair");
        var error = await Assert.ThrowsAsync<PeripheralException>(() => PairAsync(home, new ScriptedPrompt(), limit: TimeSpan.FromMilliseconds(300)));
        Assert.Equal(PeripheralFault.TimedOut, error.Fault);
        Assert.Contains("CancelPairing", home.StandIn.Calls);
        Assert.False(home.Monitor.IsPaired);
    }

    [Fact]
    public async Task A_bond_that_is_there_counts_when_BlueZ_never_answers_the_pairing()
    {
        await using BlueZFixture home = await StartAsync(StandInPairing.JustWorks);
        TellKey(home, SecureKey);
        home.StandIn.Script("Pair", async _ =>
        {
            await home.StandIn.BondAsync(home.Monitor);
            return await new TaskCompletionSource<IReadOnlyList<object>?>().Task;
        });
        Assert.Equal(BondSecurity.SecureConnections, await PairAsync(home, new ScriptedPrompt()));
        Assert.True(home.Monitor is { IsPaired: true, IsTrusted: true, IsConnected: false });
    }

    [Fact]
    public async Task A_device_that_changes_its_address_is_known_by_its_identity_once_it_is_paired()
    {
        const string Identity = "00:22:33:44:55:66";
        StandInDevice watch = BlueZFixture.NewMonitor("5A:FF:EE:00:00:01") with { AddressType = "random", Identity = Identity };
        await using BlueZFixture home = await BlueZFixture.StartAsync(hearsKernel: true, monitor: watch);
        home.StandIn.Paired += () => home.Kernel.Tell(new KernelEvent(0, Identity, false, SecureKey));
        await home.StandIn.AdvertiseAsync(watch);
        var request = new PairingRequest { Address = watch.Address, AddressType = AddressType.Random, Prompt = new ScriptedPrompt() };
        NewBond bond = await home.Central.PairAsync(request, CancellationToken.None);
        Assert.Equal((Identity, BondSecurity.SecureConnections), (bond.Address, bond.Security));

        // BlueZ keeps it where it was; it is heard, connected and forgotten by its identity.
        Assert.Equal(Identity, Assert.Single(await home.Central.ListBondedAsync(CancellationToken.None)).Address);
        await using (IPeripheral linked = await home.Central.ConnectAsync(Identity, bond.AddressType, BlueZFixture.RecoveryLimit, CancellationToken.None))
        {
            Assert.True(linked.IsBonded);
            Assert.Equal(3, linked.Characteristics.Count);
        }

        await home.Central.ForgetAsync(Identity, CancellationToken.None);
        Assert.Empty(await home.Central.ListBondedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Devices_that_do_not_answer_put_no_bond_in_doubt()
    {
        StandInDevice cuff = BlueZFixture.NewMonitor();
        cuff.IsPaired = true;
        await using BlueZFixture home = await BlueZFixture.StartAsync(monitor: cuff);
        home.StandIn.Fail("Connect", "org.bluez.Error.Failed", "le-connection-abort-by-local");
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(PeripheralFault.NotReachable, (await Assert.ThrowsAsync<PeripheralException>(() => home.ConnectAsync())).Fault);
        }
    }

    [Fact]
    public async Task The_kernel_tells_of_a_lost_bond_at_once_and_without_it_two_links_put_it_in_doubt()
    {
        foreach (bool hearsKernel in new[] { true, false })
        {
            StandInDevice cuff = BlueZFixture.NewMonitor();
            (cuff.IsPaired, cuff.DropsAtEncryption) = (true, true);
            await using BlueZFixture home = await BlueZFixture.StartAsync(hearsKernel: hearsKernel, monitor: cuff);
            home.StandIn.Script("Connect", _ =>
            {
                home.Kernel.Tell(new KernelEvent(0, cuff.Address, true, null));
                return Task.FromResult<IReadOnlyList<object>?>(null);
            });
            if (!hearsKernel)
            {
                home.StandIn.Unscript("Connect");
                Assert.Equal(PeripheralFault.NotReachable, (await Assert.ThrowsAsync<PeripheralException>(() => home.ConnectAsync())).Fault);
            }

            PeripheralFault expected = hearsKernel ? PeripheralFault.BondLost : PeripheralFault.BondDoubtful;
            Assert.Equal(expected, (await Assert.ThrowsAsync<PeripheralException>(() => home.ConnectAsync())).Fault);
        }
    }

    private static Task<BlueZFixture> StartAsync(StandInPairing pairing) =>
        BlueZFixture.StartAsync(hearsKernel: true, monitor: BlueZFixture.NewMonitor() with { Pairing = pairing });

    private static void TellKey(BlueZFixture home, byte type) =>
        home.StandIn.Paired += () => home.Kernel.Tell(new KernelEvent(0, home.Monitor.Address, false, type));

    private static async Task<BondSecurity> PairAsync(BlueZFixture home, IPairingPrompt prompt, bool allowLegacy = false, TimeSpan? limit = null)
    {
        await home.StandIn.AdvertiseAsync(home.Monitor);
        var request = new PairingRequest
        {
            Address = home.Monitor.Address,
            Prompt = prompt,
            AllowLegacy = allowLegacy,
            Limit = limit ?? BlueZFixture.RecoveryLimit,
        };
        return (await home.Central.PairAsync(request, CancellationToken.None)).Security;
    }
}
