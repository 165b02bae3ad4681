using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests;

/// <summary>Each wait in here fails after ten seconds, the time within which the radio has to be back.</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData("adapter")]
    [InlineData("service")]
    [InlineData("bus")]
    public async Task What_is_under_way_ends_and_scanning_resumes_when_it_is_back(string what)
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        await using IAsyncEnumerator<Advertisement> scan = home.Central.ScanAsync(ScanFilter.Any, CancellationToken.None).GetAsyncEnumerator();
        Task<bool> heard = scan.MoveNextAsync().AsTask();
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        await home.StandIn.AdvertiseAsync(home.Monitor);
        Assert.True(await heard);
        await using IPeripheral cuff = await home.ConnectAsync();
        home.StandIn.Mute("ReadValue");
        Task<byte[]> reading = cuff.ReadAsync(cuff.Characteristics[1], CancellationToken.None);
        await BlueZFixture.UntilAsync(() => home.StandIn.Calls.Any(call => call.StartsWith("ReadValue", StringComparison.Ordinal)));

        switch (what)
        {
            case "adapter":
                await home.StandIn.RemoveAdapterAsync();
                await home.WaitForAsync(CentralCondition.NoAdapter);
                break;
            case "service":
                await home.StandIn.StopAsync();
                Assert.Contains("bluetooth.service", (await home.WaitForAsync(CentralCondition.NoService)).Message, StringComparison.Ordinal);
                break;
            default:
                await home.Bus.KillAsync();
                await home.WaitForAsync(CentralCondition.NoBus);
                await home.StandIn.StopAsync();
                break;
        }

        Assert.Equal(PeripheralFault.NoRadio, (await Assert.ThrowsAsync<PeripheralException>(() => reading)).Fault);
        Assert.Equal(PeripheralFault.NoRadio, (await Assert.ThrowsAsync<PeripheralException>(() => cuff.Values.Completion)).Fault);
        PeripheralException refused = await Assert.ThrowsAsync<PeripheralException>(
            () => home.Central.ConnectAsync(home.Monitor.Address, AddressType.Public, BlueZFixture.RecoveryLimit, CancellationToken.None));
        Assert.Equal(PeripheralFault.NoRadio, refused.Fault);

        switch (what)
        {
            case "adapter":
                await home.StandIn.AddAdapterAsync();
                break;
            case "service":
                await home.StandIn.StartAgainAsync();
                break;
            default:
                await home.Bus.StartAgainAsync();
                await home.StandIn.StartAgainAsync();
                break;
        }

        await home.WaitReadyAsync();
        home.StandIn.Unscript("ReadValue");
        await cuff.DisposeAsync();
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        heard = scan.MoveNextAsync().AsTask();
        await home.StandIn.AdvertiseAsync(home.Monitor);
        Assert.True(await heard.WaitAsync(BlueZFixture.RecoveryLimit));
        await using IPeripheral again = await home.ConnectAsync();
        Assert.Equal(2, (await again.ReadAsync(again.Characteristics[1], CancellationToken.None)).Length);
        Assert.True(home.StandIn.HasDefaultAgent || what == "adapter");
    }

    [Fact]
    public async Task A_service_that_is_replaced_without_a_pause_is_a_new_one()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        await using IPeripheral cuff = await home.ConnectAsync();
        var told = new System.Collections.Concurrent.ConcurrentQueue<bool>();
        home.Central.StateChanged += state => told.Enqueue(state.IsReady);
        await home.StandIn.StopAsync();
        await home.StandIn.StartAgainAsync();
        Assert.Equal(PeripheralFault.NoRadio, (await Assert.ThrowsAsync<PeripheralException>(() => cuff.Values.Completion)).Fault);
        await BlueZFixture.UntilAsync(() => home.StandIn.HasDefaultAgent && told.LastOrDefault());
        await home.WaitReadyAsync();
        Assert.False(told.First());
    }

    [Fact]
    public async Task An_adapter_that_is_off_is_powered_on_and_one_that_is_blocked_says_so_until_it_is_not()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(waitReady: false, before: standIn =>
        {
            standIn.IsPowered = false;
            standIn.PowerError = new DBusException("org.bluez.Error.Blocked", "Blocked through rfkill");
        });
        Assert.Contains("rfkill", (await home.WaitForAsync(CentralCondition.PoweredOff)).Message, StringComparison.Ordinal);
        home.StandIn.PowerError = null;
        await home.WaitReadyAsync();
        Assert.True(home.StandIn.IsPowered);
    }

    [Fact]
    public async Task A_service_that_hangs_at_the_start_says_so_until_it_answers()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(
            new BlueZOptions { CallLimit = TimeSpan.FromMilliseconds(300) }, waitReady: false, before: standIn => standIn.Mute("RegisterAgent"));
        Assert.Contains("bluetooth.service", (await home.WaitForAsync(CentralCondition.NotAnswering)).Message, StringComparison.Ordinal);
        home.StandIn.Unscript("RegisterAgent");
        await home.WaitReadyAsync();
    }

    /// <summary>Its name stays on the bus: only who asks it knows.</summary>
    [Fact]
    public async Task A_service_that_hangs_later_leaves_the_radio_ready_and_a_question_without_an_answer()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { CallLimit = TimeSpan.FromMilliseconds(300) });
        await home.Central.ProbeAsync(CancellationToken.None);
        using var hangs = new ManualResetEventSlim();
        using var hung = new ManualResetEventSlim();
        home.StandIn.Script("StartDiscovery", _ =>
        {
            hung.Set();
            Assert.True(hangs.Wait(BlueZFixture.RecoveryLimit));
            return Task.FromResult<IReadOnlyList<object>?>(null);
        });
        using var ends = new CancellationTokenSource();
        await using IAsyncEnumerator<Advertisement> scan = home.Central.ScanAsync(ScanFilter.Any, ends.Token).GetAsyncEnumerator();
        Task<bool> heard = scan.MoveNextAsync().AsTask();
        await BlueZFixture.UntilAsync(() => hung.IsSet);
        try
        {
            PeripheralException silence = await Assert.ThrowsAsync<PeripheralException>(() => home.Central.ProbeAsync(CancellationToken.None));
            Assert.Equal((PeripheralFault.TimedOut, true), (silence.Fault, home.Central.State.IsReady));
        }
        finally
        {
            home.StandIn.Unscript("StartDiscovery");
            hangs.Set();
        }

        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        await home.Central.ProbeAsync(CancellationToken.None);
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => heard);
    }

    [Fact]
    public async Task An_adapter_that_is_not_there_is_named_with_those_that_are()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { Adapter = "hci7" }, waitReady: false);
        string message = (await home.WaitForAsync(CentralCondition.NoAdapter)).Message;
        Assert.Contains("hci7", message, StringComparison.Ordinal);
        Assert.Contains("hci0 00:11:22:33:44:55", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hci0")]
    [InlineData("00:11:22:33:44:55")]
    public async Task An_adapter_is_chosen_by_name_or_address(string adapter)
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { Adapter = adapter });
        Assert.Equal("hci0 00:11:22:33:44:55", home.Central.State.Adapter);
    }

    [Fact]
    public async Task Who_may_not_use_Bluetooth_is_told_which_group_or_policy_gives_it()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(
            waitReady: false, before: standIn => standIn.Fail("RegisterAgent", DBusErrors.AccessDenied, "Rejected send message"));
        string message = (await home.WaitForAsync(CentralCondition.NoPermission)).Message;
        Assert.Contains("group bluetooth", message, StringComparison.Ordinal);
        Assert.Contains("bluetooth.conf", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_that_BlueZ_is_too_busy_for_is_tried_again()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        home.StandIn.Fail("StartDiscovery", "org.bluez.Error.InProgress", "Operation already in progress");
        using var ends = new CancellationTokenSource();
        await using IAsyncEnumerator<Advertisement> scan = home.Central.ScanAsync(ScanFilter.Any, ends.Token).GetAsyncEnumerator();
        Task<bool> heard = scan.MoveNextAsync().AsTask();
        await BlueZFixture.UntilAsync(() => home.StandIn.Calls.Count(call => call == "StartDiscovery") >= 2);
        home.StandIn.Unscript("StartDiscovery");
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => heard);
        await BlueZFixture.UntilAsync(() => !home.StandIn.IsScanning);
    }

    [Fact]
    public async Task Garbage_is_passed_over_or_a_clear_fault_and_the_hub_goes_on()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync();
        await using IPeripheral cuff = await home.ConnectAsync();
        await cuff.SubscribeAsync(cuff.Characteristics[0], CancellationToken.None);
        string device = BlueZStandIn.PathOf(home.Monitor);
        await home.StandIn.EmitAsync(device, "org.freedesktop.DBus.Properties", "PropertiesChanged", "u", 7u);
        await home.StandIn.EmitAsync("/", "org.freedesktop.DBus.ObjectManager", "InterfacesAdded", "s", "nonsense");
        await home.StandIn.EmitAsync(
            device, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", "org.bluez.Device1",
            new Dictionary<string, object> { ["RSSI"] = "loud", ["ManufacturerData"] = 3u }, Array.Empty<string>());
        home.StandIn.Script("ReadValue", _ => Task.FromResult<IReadOnlyList<object>?>(["not octets"]));
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => cuff.ReadAsync(cuff.Characteristics[1], CancellationToken.None));
        Assert.Equal(PeripheralFault.Failed, error.Fault);
        await home.StandIn.NotifyAsync(home.Monitor, home.Monitor.Characteristics[0], [1]);
        Assert.Equal([1], (await cuff.Values.ReadAsync().AsTask().WaitAsync(BlueZFixture.RecoveryLimit)).Octets);
    }
}
