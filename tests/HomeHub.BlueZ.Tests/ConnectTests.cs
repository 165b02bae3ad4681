using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests;

public sealed class ConnectTests
{
    [Fact]
    public async Task A_device_that_advertises_is_heard_connected_read_written_and_subscribed_to()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        var filter = new ScanFilter { Services = [BluetoothUuid.Of(0x1810)] };
        await using IAsyncEnumerator<Advertisement> scan = home.Central.ScanAsync(filter, CancellationToken.None).GetAsyncEnumerator();
        Task<bool> heard = scan.MoveNextAsync().AsTask();
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        await home.StandIn.AdvertiseAsync(home.Monitor, -71);
        Assert.True(await heard.WaitAsync(BlueZFixture.RecoveryLimit));
        Assert.Equal(("C0:FF:EE:00:00:01", "Cuff", (short?)-71, false), (scan.Current.Address, scan.Current.Name, scan.Current.Rssi, scan.Current.IsBonded));

        await using IPeripheral cuff = await home.ConnectAsync();
        Assert.Equal(["2A35", "2A49", "2A08"], cuff.Characteristics.Select(found => found.Uuid.ToString()));
        Assert.Equal(GattProperties.Indicate, cuff.Characteristics[0].Properties);
        Assert.Equal([0x01, 0x00], await cuff.ReadAsync(cuff.Characteristics[1], CancellationToken.None));
        await cuff.WriteAsync(cuff.Characteristics[2], new byte[] { 9, 8 }, CancellationToken.None);
        Assert.Equal([9, 8], Assert.Single(home.Monitor.Characteristics[2].Written));
        await cuff.SubscribeAsync(cuff.Characteristics[0], CancellationToken.None);
        await home.StandIn.NotifyAsync(home.Monitor, home.Monitor.Characteristics[0], [0x16, 1, 2]);
        CharacteristicValue value = await cuff.Values.ReadAsync().AsTask().WaitAsync(BlueZFixture.RecoveryLimit);
        Assert.Equal([0x16, 1, 2], value.Octets);
        Assert.Contains("StopDiscovery", home.StandIn.Calls.TakeWhile(call => call != "Connect"));
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
    }

    [Fact]
    public async Task Letting_go_ends_subscriptions_and_the_link_and_the_device_can_be_connected_again()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        IPeripheral cuff = await home.ConnectAsync();
        await cuff.SubscribeAsync(cuff.Characteristics[0], CancellationToken.None);
        PeripheralException second = await Assert.ThrowsAsync<PeripheralException>(() => home.ConnectAsync());
        Assert.Equal(PeripheralFault.InProgress, second.Fault);

        await cuff.DisposeAsync();
        Assert.False(home.Monitor.IsConnected);
        Assert.False(home.Monitor.Characteristics[0].IsNotifying);
        await cuff.Values.Completion.WaitAsync(BlueZFixture.RecoveryLimit);
        await using IPeripheral again = await home.ConnectAsync();
        Assert.Equal(3, again.Characteristics.Count);
    }

    [Fact]
    public async Task A_link_that_no_signal_tells_of_is_there_once_connecting_was_answered_and_is_let_go()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        home.StandIn.TellsConnected = false;
        for (int i = 0; i < 2; i++)
        {
            await using IPeripheral cuff = await home.ConnectAsync();
            await cuff.SubscribeAsync(cuff.Characteristics[0], CancellationToken.None);
            await home.StandIn.NotifyAsync(home.Monitor, home.Monitor.Characteristics[0], [0x16, 1, 2]);
            Assert.Equal([0x16, 1, 2], (await cuff.Values.ReadAsync().AsTask().WaitAsync(BlueZFixture.RecoveryLimit)).Octets);
            await cuff.DisposeAsync();
            Assert.False(home.Monitor.IsConnected);
        }
    }

    [Fact]
    public async Task Values_that_come_before_the_subscription_is_answered_are_kept_in_order()
    {
        byte[][] early = [.. Enumerable.Range(0, 100).Select(number => new[] { (byte)number })];
        var device = new StandInDevice("C0:FF:EE:00:00:02", "Meter", new StandInCharacteristic(0x1808, 0x2A18, 2, "notify") { AtSubscription = early });
        await using BlueZFixture home = await BlueZFixture.StartAsync(monitor: device);
        await using IPeripheral meter = await home.ConnectAsync();
        await meter.SubscribeAsync(meter.Characteristics[0], CancellationToken.None);
        await home.StandIn.DropAsync(device);
        List<byte> got = [];
        PeripheralException end = await Assert.ThrowsAsync<PeripheralException>(async () =>
        {
            await foreach (CharacteristicValue value in meter.Values.ReadAllAsync())
            {
                got.Add(value.Octets[0]);
            }
        });
        Assert.Equal(early.Select(octets => octets[0]), got);
        Assert.Equal(PeripheralFault.Disconnected, end.Fault);
    }

    [Fact]
    public async Task A_read_of_a_subscribed_characteristic_is_no_notification()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        await using IPeripheral cuff = await home.ConnectAsync();
        await cuff.SubscribeAsync(cuff.Characteristics[2], CancellationToken.None);
        Assert.Equal(7, (await cuff.ReadAsync(cuff.Characteristics[2], CancellationToken.None)).Length);
        await home.StandIn.NotifyAsync(home.Monitor, home.Monitor.Characteristics[2], [42]);
        Assert.Equal([42], (await cuff.Values.ReadAsync().AsTask().WaitAsync(BlueZFixture.RecoveryLimit)).Octets);
    }

    [Fact]
    public async Task A_device_that_is_only_remembered_is_no_advertisement()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        await using IAsyncEnumerator<Advertisement> scan = home.Central.ScanAsync(ScanFilter.Any, CancellationToken.None).GetAsyncEnumerator();
        Task<bool> heard = scan.MoveNextAsync().AsTask();
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        await home.StandIn.RememberAsync(home.Monitor);
        await home.StandIn.AdvertiseAsync(BlueZFixture.NewMonitor("C0:FF:EE:00:00:09"));
        Assert.True(await heard.WaitAsync(BlueZFixture.RecoveryLimit));
        Assert.Equal("C0:FF:EE:00:00:09", scan.Current.Address);
    }

    [Theory]
    [InlineData("org.bluez.Error.Failed", "le-connection-abort-by-local", PeripheralFault.NotReachable)]
    [InlineData("org.bluez.Error.Failed", "br-connection-canceled", PeripheralFault.NotReachable)]
    [InlineData("org.bluez.Error.Failed", "Software caused connection abort", PeripheralFault.NotReachable)]
    [InlineData("org.bluez.Error.InProgress", "br-connection-busy", PeripheralFault.InProgress)]
    [InlineData("org.bluez.Error.NotReady", "br-connection-adapter-not-powered", PeripheralFault.NoRadio)]
    public async Task What_BlueZ_says_of_a_failed_connection_is_understood(string name, string message, PeripheralFault fault)
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        home.StandIn.Fail("Connect", name, message);
        Assert.Equal(fault, (await Assert.ThrowsAsync<PeripheralException>(() => home.ConnectAsync())).Fault);
    }

    [Fact]
    public async Task A_connection_that_hangs_ends_at_its_limit_and_the_device_is_free_again()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        home.StandIn.Mute("Connect");
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => home.ConnectAsync(TimeSpan.FromMilliseconds(300)));
        Assert.Equal(PeripheralFault.TimedOut, error.Fault);
        Assert.Contains("Disconnect", home.StandIn.Calls);
        home.StandIn.Unscript("Connect");
        await using IPeripheral cuff = await home.ConnectAsync();
        Assert.Equal(3, cuff.Characteristics.Count);
    }

    [Fact]
    public async Task A_device_that_does_not_answer_keeps_others_waiting_for_a_short_time_only_and_one_that_is_not_heard_for_none()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { LinkLimit = TimeSpan.FromMilliseconds(300) });
        StandInDevice silent = BlueZFixture.NewMonitor("C0:FF:EE:00:00:02");
        home.StandIn.Script("Connect", call => call.Path == BlueZStandIn.PathOf(silent)
            ? new TaskCompletionSource<IReadOnlyList<object>?>().Task
            : Task.FromResult<IReadOnlyList<object>?>(null));
        await home.StandIn.AdvertiseAsync(silent);
        Task<IPeripheral> never = home.Central.ConnectAsync("C0:FF:EE:00:00:77", AddressType.Public, TimeSpan.FromSeconds(5), CancellationToken.None);
        Task<IPeripheral> hangs = home.Central.ConnectAsync(silent.Address, AddressType.Public, TimeSpan.FromMinutes(1), CancellationToken.None);
        await BlueZFixture.UntilAsync(() => home.StandIn.Calls.Contains("Connect"));
        await using IPeripheral cuff = await home.ConnectAsync();
        Assert.Equal(3, cuff.Characteristics.Count);
        Assert.False(never.IsCompleted);
        Assert.Equal(PeripheralFault.NotReachable, (await Assert.ThrowsAsync<PeripheralException>(() => hangs)).Fault);
        Assert.Equal(PeripheralFault.NotReachable, (await Assert.ThrowsAsync<PeripheralException>(() => never)).Fault);
    }

    [Fact]
    public async Task A_device_that_is_never_heard_is_not_reachable()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(
            () => home.Central.ConnectAsync("C0:FF:EE:00:00:77", AddressType.Public, TimeSpan.FromMilliseconds(200), CancellationToken.None));
        Assert.Equal(PeripheralFault.NotReachable, error.Fault);
    }

    [Theory]
    [InlineData("org.bluez.Error.NotPermitted", "Not paired", PeripheralFault.InsufficientSecurity, null)]
    [InlineData("org.bluez.Error.NotPermitted", "Read not permitted", PeripheralFault.NotPermitted, null)]
    [InlineData("org.bluez.Error.NotAuthorized", "Operation Not Authorized", PeripheralFault.NotPermitted, null)]
    [InlineData("org.bluez.Error.InProgress", "In Progress", PeripheralFault.InProgress, null)]
    [InlineData("org.bluez.Error.Failed", "Not connected", PeripheralFault.Disconnected, null)]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x80", PeripheralFault.ProfileError, 0x80)]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0a", PeripheralFault.StaleServices, 0x0A)]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e", PeripheralFault.Failed, 0x0E)]
    public async Task What_BlueZ_says_of_a_failed_read_is_understood(string name, string message, PeripheralFault fault, int? att)
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        await using IPeripheral cuff = await home.ConnectAsync();
        home.StandIn.Fail("ReadValue", name, message);
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => cuff.ReadAsync(cuff.Characteristics[1], CancellationToken.None));
        Assert.Equal((fault, (byte?)att), (error.Fault, error.AttError));
    }

    [Fact]
    public async Task What_fails_just_before_the_end_of_the_link_is_told_failed_by_it()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { KernelWordLimit = BlueZFixture.RecoveryLimit });
        await using IPeripheral cuff = await home.ConnectAsync();
        home.StandIn.Fail("ReadValue", "org.bluez.Error.Failed", "Operation failed");
        Task<byte[]> reading = cuff.ReadAsync(cuff.Characteristics[1], CancellationToken.None);
        await BlueZFixture.UntilAsync(() => home.StandIn.Calls.Any(call => call.StartsWith("ReadValue", StringComparison.Ordinal)));
        await Task.Delay(50);
        await home.StandIn.DropAsync(home.Monitor);
        Assert.Equal(PeripheralFault.Disconnected, (await Assert.ThrowsAsync<PeripheralException>(() => reading)).Fault);
    }

    [Theory]
    [InlineData("ReadValue")]
    [InlineData("WriteValue")]
    [InlineData("StartNotify")]
    public async Task A_call_that_is_never_answered_ends_at_its_limit_or_with_the_link(string method)
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { GattLimit = TimeSpan.FromSeconds(1) });
        await using IPeripheral cuff = await home.ConnectAsync();
        home.StandIn.Mute(method);
        Task Use() => method switch
        {
            "ReadValue" => cuff.ReadAsync(cuff.Characteristics[1], CancellationToken.None),
            "WriteValue" => cuff.WriteAsync(cuff.Characteristics[2], new byte[1], CancellationToken.None),
            _ => cuff.SubscribeAsync(cuff.Characteristics[0], CancellationToken.None),
        };
        Assert.Equal(PeripheralFault.TimedOut, (await Assert.ThrowsAsync<PeripheralException>(Use)).Fault);
        Task under = Use();
        await home.StandIn.DropAsync(home.Monitor);
        Assert.Equal(PeripheralFault.Disconnected, (await Assert.ThrowsAsync<PeripheralException>(() => under)).Fault);
    }
}
