using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Simulation.Tests.InProcess;

/// <summary>What the contract can't ask of a real radio.</summary>
public sealed class SimulatedCentralTests
{
    private static readonly CentralState Off = new(CentralCondition.PoweredOff, "The adapter is off.");

    [Fact]
    public async Task Several_devices_are_heard_and_connected_at_a_time()
    {
        await using var central = new SimulatedCentral(TimeProvider.System);
        foreach (string address in new[] { "C0:FF:EE:00:00:01", "C0:FF:EE:00:00:02" })
        {
            await central.Add(BenchDevices.Cuff, address).AdvertiseAsync(true, CancellationToken.None);
        }

        await using IPeripheral first = await ConnectAsync(central, "C0:FF:EE:00:00:01");
        await foreach (Advertisement heard in central.ScanAsync(ScanFilter.Any, CancellationToken.None))
        {
            Assert.Equal("C0:FF:EE:00:00:02", heard.Address);
            break;
        }

        await using IPeripheral second = await ConnectAsync(central, "C0:FF:EE:00:00:02");
        Assert.NotEmpty(await first.ReadAsync(first.Characteristics[0], CancellationToken.None));
        Assert.NotEmpty(await second.ReadAsync(second.Characteristics[0], CancellationToken.None));
    }

    [Fact]
    public async Task What_is_under_way_ends_with_the_radio_and_goes_on_when_it_is_back()
    {
        await using var central = new SimulatedCentral(TimeProvider.System);
        CarriedDevice cuff = central.Add(BenchDevices.Cuff, "C0:FF:EE:00:00:01");
        await cuff.AdvertiseAsync(true, CancellationToken.None);
        CentralState ready = central.State;
        await using (IPeripheral link = await ConnectAsync(central, cuff.Address))
        {
            central.ChangeState(Off);
            Assert.Equal(PeripheralFault.NoRadio, (await Assert.ThrowsAsync<PeripheralException>(() => link.Values.Completion)).Fault);
            Assert.Equal(
                PeripheralFault.NoRadio,
                (await Assert.ThrowsAsync<PeripheralException>(() => link.ReadAsync(link.Characteristics[0], CancellationToken.None))).Fault);
            Assert.Equal(PeripheralFault.NoRadio, (await Assert.ThrowsAsync<PeripheralException>(() => ConnectAsync(central, cuff.Address))).Fault);
        }

        Task waiting = central.WaitReadyAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        central.ChangeState(ready);
        await waiting.WaitAsync(Eventually.Deadline);
        await using IPeripheral again = await ConnectAsync(central, cuff.Address);
        Assert.NotEmpty(again.Characteristics);
    }

    [Theory]
    [InlineData(BondSecurity.Legacy, false)]
    [InlineData(BondSecurity.Unknown, false)]
    [InlineData(BondSecurity.Legacy, true)]
    public async Task A_bond_of_the_old_kind_stays_only_where_it_is_allowed(BondSecurity security, bool isAllowed)
    {
        await using var central = new SimulatedCentral(TimeProvider.System);
        CarriedDevice cuff = central.Add(BenchDevices.BondedCuff, "C0:FF:EE:00:00:01");
        cuff.BondsAs = security;
        await cuff.AdvertiseAsync(true, CancellationToken.None);
        var request = new PairingRequest { Address = cuff.Address, Prompt = new ConsentingPrompt(), AllowLegacy = isAllowed };
        if (isAllowed)
        {
            Assert.Equal(new NewBond(cuff.Address, cuff.AddressType, security), await central.PairAsync(request, CancellationToken.None));
        }
        else
        {
            Assert.Equal(
                PeripheralFault.LegacyPairing,
                (await Assert.ThrowsAsync<PeripheralException>(() => central.PairAsync(request, CancellationToken.None))).Fault);
        }

        Assert.Equal(isAllowed ? 1 : 0, (await central.ListBondedAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Who_lets_values_pile_up_is_disconnected_and_keeps_those_that_came()
    {
        await using var central = new SimulatedCentral(TimeProvider.System);
        CarriedDevice cuff = central.Add(BenchDevices.Cuff, "C0:FF:EE:00:00:01");
        await cuff.AdvertiseAsync(true, CancellationToken.None);
        await using IPeripheral link = await ConnectAsync(central, cuff.Address);
        await link.SubscribeAsync(link.Characteristics[^1], CancellationToken.None);
        for (int i = 0; i < IPeripheral.MaxUnread; i++)
        {
            Assert.True(await cuff.SendAsync(cuff.Model.Characteristics[^1], [1], CancellationToken.None));
        }

        Assert.False(await cuff.SendAsync(cuff.Model.Characteristics[^1], [1], CancellationToken.None));
        Assert.Equal(IPeripheral.MaxUnread, link.Values.Count);
        Assert.Equal(
            PeripheralFault.Failed,
            (await Assert.ThrowsAsync<PeripheralException>(() => link.ReadAsync(link.Characteristics[0], CancellationToken.None))).Fault);
    }

    private static Task<IPeripheral> ConnectAsync(SimulatedCentral central, string address) =>
        central.ConnectAsync(address, AddressType.Public, Eventually.Deadline, CancellationToken.None);

    private sealed class ConsentingPrompt : IPairingPrompt
    {
        public Task<bool> ConfirmAsync(string address, CancellationToken cancellation) => Task.FromResult(true);

        public Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation) => Task.FromResult<uint?>(null);

        public Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation) => Task.CompletedTask;

        public Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation) => Task.FromResult(true);
    }
}
