using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;
using Xunit;

namespace HomeHub.Testing.Peripherals;

/// <summary>
/// What every <see cref="ICentral"/> keeps to, the simulated one and the real ones. The facts hang on nothing but the bench, so each can be run alone.
/// The peripheral's own side is in <see cref="PeripheralContract"/>.
/// </summary>
public abstract class CentralContract
{
    /// <summary>Longest wait for a step: a real stack in an emulated machine is slow.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most connections until a lost bond has to be told.</summary>
    private const int MaxTries = 5;

    /// <summary>A central that is ready, and a device that advertises.</summary>
    protected abstract Task<CentralBench> CreateBenchAsync(DeviceFile file);

    /// <summary>Cancelled after <see cref="Patience"/> from the call on.</summary>
    protected static CancellationToken Soon => new CancellationTokenSource(Patience).Token;

    [Fact]
    public async Task A_scan_hears_name_services_and_signal_strength()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        using CancellationTokenSource limit = new(Patience);
        await foreach (Advertisement heard in bench.Central.ScanAsync(new ScanFilter { Addresses = [bench.Address] }, limit.Token))
        {
            // Advertisement and scan response may be told one after the other.
            if (heard.Name is not null && heard.Services.Count > 0)
            {
                Assert.Equal((bench.Address, bench.AddressType, "Bench Cuff", false), (heard.Address, heard.AddressType, heard.Name, heard.IsBonded));
                Assert.Contains(BluetoothUuid.Of(0x1810), heard.Services);
                Assert.True(heard.Rssi is null or (>= -127 and <= 20), $"RSSI {heard.Rssi}");
                return;
            }
        }
    }

    [Fact]
    public async Task It_answers_when_it_is_asked_whether_it_goes_on()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        Task answer = bench.Central.ProbeAsync(Soon);
        await answer;
        Assert.True(answer.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_filter_lets_through_what_fits_and_nothing_else()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        using CancellationTokenSource limit = new(Patience);
        var other = new ScanFilter { Services = [BluetoothUuid.Of(0x1808)], NamePrefixes = ["Nobody"], Addresses = ["00:00:00:00:00:00"] };
        await using IAsyncEnumerator<Advertisement> unheard = bench.Central.ScanAsync(other, limit.Token).GetAsyncEnumerator(limit.Token);
        Task<bool> wrong = unheard.MoveNextAsync().AsTask();
        ScanFilter[] fitting =
        [
            new() { Services = [BluetoothUuid.Of(0x1810)] }, new() { NamePrefixes = ["Bench C"] }, new() { Addresses = [bench.Address] }, ScanFilter.Any,
        ];
        foreach (ScanFilter filter in fitting)
        {
            await foreach (Advertisement heard in bench.Central.ScanAsync(filter, limit.Token))
            {
                Assert.True(filter.Fits(heard));
                if (heard.Address == bench.Address)
                {
                    break;
                }
            }
        }

        Assert.False(wrong.IsCompleted, "What does not fit was let through.");
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wrong);
    }

    [Fact]
    public async Task A_connection_finds_the_characteristics_in_the_order_of_their_handles()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        Assert.Equal(bench.Address, cuff.Address);
        Assert.False(cuff.IsBonded);
        ushort[] handles = [.. cuff.Characteristics.Select(found => found.Handle)];
        Assert.Equal(handles.Order(), handles);
        Assert.Equal(handles.Distinct(), handles);
        foreach (ModelCharacteristic wanted in bench.Device.Characteristics)
        {
            GattCharacteristic found = Find(cuff, wanted.Uuid);
            Assert.Equal((BluetoothUuid.Of(wanted.Service), wanted.Properties), (found.Service, found.Properties));
        }

        ConnectionTimes times = cuff.Times;
        Assert.True(times.Waited <= times.Connected && times.Connected <= times.Resolved && times.Resolved < Patience, $"{times}");
    }

    [Fact]
    public async Task A_second_connection_with_a_device_is_in_progress()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(
            () => bench.Central.ConnectAsync(bench.Address, bench.AddressType, Patience, Soon));
        Assert.Equal(PeripheralFault.InProgress, error.Fault);
        Assert.NotEmpty(await cuff.ReadAsync(Find(cuff, 0x2A29), Soon));
    }

    [Fact]
    public async Task A_device_that_is_let_go_may_be_connected_again()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        IPeripheral first = await ConnectAsync(bench);
        await first.SubscribeAsync(Find(first, 0x2A35), Soon);
        await first.DisposeAsync();
        await first.DisposeAsync();

        // The hub itself let go: an end without a reason.
        await first.Values.Completion.WaitAsync(Patience);
        await using IPeripheral again = await ConnectAsync(bench);
        Assert.NotEmpty(await again.ReadAsync(Find(again, 0x2A29), Soon));
    }

    [Fact]
    public async Task A_device_that_nobody_hears_is_not_reachable_within_the_limit()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        long began = TimeProvider.System.GetTimestamp();
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(
            () => bench.Central.ConnectAsync("C0:FF:EE:00:00:77", AddressType.Public, TimeSpan.FromSeconds(1), CancellationToken.None));
        Assert.Equal(PeripheralFault.NotReachable, error.Fault);
        Assert.True(error.IsPassing);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience);
    }

    [Fact]
    public async Task A_connection_that_is_given_up_says_so_and_leaves_the_device_free()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        using var givenUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.Central.ConnectAsync("C0:FF:EE:00:00:77", AddressType.Public, Patience, givenUp.Token));
        await using IPeripheral cuff = await ConnectAsync(bench);
        Assert.NotEmpty(cuff.Characteristics);
    }

    /// <summary>
    /// BlueZ starts to pair by itself when a device wants a bond, and by Just Works it comes through without asking anybody. So the fact is that a
    /// value which needs a bond is never given without one, not that there is none afterwards.
    /// </summary>
    [Fact]
    public async Task What_needs_a_bond_is_not_given_without_one()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.BondedCuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        try
        {
            await cuff.ReadAsync(Find(cuff, 0x2A29), Soon);
        }
        catch (PeripheralException error)
        {
            Assert.Equal(PeripheralFault.InsufficientSecurity, error.Fault);
            return;
        }

        Assert.Single(await bench.Central.ListBondedAsync(Soon));
    }

    [Fact]
    public Task A_device_is_paired_by_Just_Works() => PairAndReadAsync(BenchDevices.BondedCuff);

    [Fact]
    public Task A_device_is_paired_by_the_number_that_it_shows() => PairAndReadAsync(BenchDevices.PasskeyCuff);

    [Fact]
    public Task A_refused_pairing_leaves_no_bond() => FailToPairAsync(BenchDevices.BondedCuff, bench => new BenchPrompt(bench) { Agrees = false });

    [Fact]
    public Task A_refused_passkey_leaves_no_bond() => FailToPairAsync(BenchDevices.PasskeyCuff, bench => new BenchPrompt(bench) { Agrees = false });

    [Fact]
    public Task A_wrong_passkey_leaves_no_bond() => FailToPairAsync(BenchDevices.PasskeyCuff, bench => new BenchPrompt(bench) { MistypesPasskeys = true });

    [Fact]
    public async Task Forgetting_removes_the_bond_and_may_be_repeated()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.BondedCuff);
        await bench.Central.ForgetAsync(bench.Address, Soon);
        await PairAsync(bench);
        await bench.Central.ForgetAsync(bench.Address, Soon);
        await bench.Central.ForgetAsync(bench.Address, Soon);
        Assert.Empty(await bench.Central.ListBondedAsync(Soon));
    }

    [Fact]
    public async Task A_bond_that_the_device_forgot_is_lost_and_can_be_replaced()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.BondedCuff);
        await PairAsync(bench);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.ForgetBonds }, Soon);
        Assert.Equal(PeripheralFault.BondLost, await UseUntilBondLostAsync(bench));
        await PairAsync(bench);
        await using IPeripheral cuff = await ConnectAsync(bench);
        Assert.NotEmpty(await cuff.ReadAsync(Find(cuff, 0x2A29), Soon));
    }

    /// <summary>Connects, again while the fault is a passing one.</summary>
    protected static async Task<IPeripheral> ConnectAsync(CentralBench bench)
    {
        CancellationToken limit = Soon;
        while (true)
        {
            try
            {
                return await bench.Central.ConnectAsync(bench.Address, bench.AddressType, Patience, limit);
            }
            catch (PeripheralException error) when (error.IsPassing && error.Fault != PeripheralFault.InProgress && !limit.IsCancellationRequested)
            {
                // The device may just be getting over the connection before.
            }
        }
    }

    /// <summary>The characteristic with a 16-bit UUID.</summary>
    protected static GattCharacteristic Find(IPeripheral peripheral, ushort uuid) =>
        Assert.Single(peripheral.Characteristics, found => found.Uuid == BluetoothUuid.Of(uuid));

    /// <summary>The next value, with a deadline.</summary>
    protected static async Task<CharacteristicValue> NextAsync(IPeripheral peripheral) => await peripheral.Values.ReadAsync(Soon);

    private static Task<NewBond> PairAsync(CentralBench bench, IPairingPrompt? prompt = null) => bench.Central.PairAsync(
        new PairingRequest
        {
            Address = bench.Address,
            AddressType = bench.AddressType,
            Prompt = prompt ?? new BenchPrompt(bench),
            AllowLegacy = true,
            Limit = Patience,
        },
        CancellationToken.None);

    private async Task PairAndReadAsync(DeviceFile file)
    {
        await using CentralBench bench = await CreateBenchAsync(file);
        await PairAsync(bench);
        BondedPeripheral bonded = Assert.Single(await bench.Central.ListBondedAsync(Soon));
        Assert.Equal((bench.Address, bench.AddressType), (bonded.Address, bonded.AddressType));
        await using IPeripheral cuff = await ConnectAsync(bench);
        Assert.True(cuff.IsBonded);
        Assert.NotEmpty(await cuff.ReadAsync(Find(cuff, 0x2A29), Soon));
        await cuff.SubscribeAsync(Find(cuff, 0x2A35), Soon);
        await bench.Device.MeasureAsync(Soon);
        Assert.NotEmpty((await NextAsync(cuff)).Octets);
    }

    private async Task FailToPairAsync(DeviceFile file, Func<CentralBench, IPairingPrompt> prompt)
    {
        await using CentralBench bench = await CreateBenchAsync(file);
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => PairAsync(bench, prompt(bench)));
        Assert.Equal(PeripheralFault.PairingRejected, error.Fault);
        Assert.Empty(await bench.Central.ListBondedAsync(Soon));
    }

    private static async Task<PeripheralFault?> UseUntilBondLostAsync(CentralBench bench)
    {
        PeripheralFault? last = null;
        for (int i = 0; i < MaxTries && last != PeripheralFault.BondLost; i++)
        {
            try
            {
                await using IPeripheral cuff = await bench.Central.ConnectAsync(bench.Address, bench.AddressType, Patience, CancellationToken.None);
                await cuff.ReadAsync(Find(cuff, 0x2A29), Soon);
                Assert.Fail("A device without the key gave a value that needs a bond.");
            }
            catch (PeripheralException error)
            {
                last = error.Fault;
            }
        }

        return last;
    }
}
