using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Peripherals;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

public sealed class SessionFaultTests
{
    [Theory]
    [InlineData("StartNotify")]
    [InlineData("ReadValue")]
    [InlineData("WriteValue")]
    public async Task A_system_that_is_busy_for_a_moment_costs_no_connection(string method)
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2, 3 } };
        await home.SetUpAsync(meter.Device);
        int calls = 0;
        home.StandIn.Script(method, _ => Interlocked.Increment(ref calls) <= 2
            ? throw new DBus.DBusException("org.bluez.Error.InProgress", "In Progress")
            : Task.FromResult<IReadOnlyList<object>?>(null));
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(3, home.Stored);
    }

    [Fact]
    public async Task A_system_that_stays_busy_is_tried_with_longer_and_longer_waits()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        home.StandIn.Fail("Connect", "org.bluez.Error.InProgress", "br-connection-busy");
        await home.RunSessionsAsync(3, cuff);
        Assert.Equal(0, home.Stored);
        home.StandIn.Unscript("Connect");
        await home.AdvertiseUntilAsync(() => home.Stored == 1, "the measurement is taken", cuff);
    }

    [Fact]
    public async Task The_lowest_battery_level_that_a_device_tells_is_noted_and_one_that_can_not_be_is_not()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        StandInCharacteristic[] batteries = [.. new[] { 90, 23, 101 }.Select((level, i) => new StandInCharacteristic(0x180F, 0x2A19, (ushort)(0x0020 + (4 * i)), "read") { Value = [(byte)level] })];
        cuff = cuff with { Characteristics = [.. cuff.Characteristics, .. batteries] };
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff);
        Assert.Equal(23, (await home.FindAsync(cuff)).BatteryPercent);
    }

    [Fact]
    public async Task What_a_device_does_not_permit_is_done_without()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        home.StandIn.Fail("ReadValue", "org.bluez.Error.NotPermitted", "Read not permitted");
        await home.RunSessionsAsync(1, cuff);
        Assert.Equal(1, home.Stored);
        Assert.Null((await home.FindAsync(cuff)).Trouble);
    }

    [Fact]
    public async Task A_device_of_which_no_measurement_may_be_subscribed_to_does_not_look_as_if_it_had_told_all()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        home.StandIn.Fail("StartNotify", "org.bluez.Error.NotPermitted", "Notify acquired");
        await home.RunSessionsAsync(1, cuff);
        Assert.Contains(home.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("ended by NotPermitted", StringComparison.Ordinal));
        home.StandIn.Unscript("StartNotify");
        await home.AdvertiseUntilAsync(() => home.Stored == 1, "the measurement is taken", cuff);
    }

    [Theory]
    [InlineData("org.bluez.Error.NotPermitted", "Not paired")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x05")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0f")]
    public async Task A_device_that_wants_a_bond_says_so_and_is_left_alone_until_somebody_paired_it(string name, string message)
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        home.StandIn.Fail("StartNotify", name, message);
        await home.RunSessionsAsync(1, cuff);
        DeviceTrouble trouble = (await home.FindAsync(cuff)).Trouble!;
        Assert.Equal(PeripheralFault.InsufficientSecurity, trouble.Fault);
        Assert.Contains("Pair it", trouble.Advice, StringComparison.Ordinal);

        home.StandIn.Unscript("StartNotify");
        await home.SetUpAsync(cuff);
        await home.AdvertiseUntilAsync(() => home.Stored == 1, "the measurement is taken once it is set up anew", cuff);
    }

    [Fact]
    public async Task Services_that_changed_are_found_anew_where_there_is_no_bond()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        home.StandIn.Script("StartNotify", _ => home.StandIn.Calls.Contains("RemoveDevice")
            ? Task.FromResult<IReadOnlyList<object>?>(null)
            : throw new DBus.DBusException("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0a"));
        await home.AdvertiseUntilAsync(() => home.Stored == 1, "the measurement is taken", cuff);
        await home.RunSessionsAsync(1, cuff);
        Assert.Null((await home.FindAsync(cuff)).Trouble);
    }

    [Fact]
    public async Task Services_that_changed_under_a_bond_are_tried_once_more_and_then_told_a_person()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        cuff.IsPaired = true;
        await home.SetUpAsync(cuff);
        home.StandIn.Fail("StartNotify", "org.bluez.Error.Failed", "Operation failed with ATT error: 0x0a");
        await home.RunSessionsAsync(1, cuff);
        Assert.Equal(2, home.StandIn.Calls.Count(call => call == "Connect"));
        Assert.DoesNotContain("RemoveDevice", home.StandIn.Calls);
        Assert.Equal(PeripheralFault.StaleServices, (await home.FindAsync(cuff)).Trouble!.Fault);
    }

    [Fact]
    public async Task A_bond_that_the_hub_has_lost_is_told_before_the_device_is_asked_anything()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        cuff.IsPaired = true;
        await home.SetUpAsync(cuff);
        cuff.IsPaired = false;
        await home.RunSessionsAsync(1, cuff);
        DeviceTrouble trouble = (await home.FindAsync(cuff)).Trouble!;
        Assert.Equal(PeripheralFault.BondLost, trouble.Fault);
        Assert.Contains("Pair it again", trouble.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(home.StandIn.Calls, call => call.Contains(' ', StringComparison.Ordinal) && !call.StartsWith("StopNotify", StringComparison.Ordinal));
        Assert.Equal(0, home.Stored);
    }

    [Fact]
    public async Task A_bond_that_nobody_asked_the_hub_for_is_removed_and_told()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        cuff.IsPaired = true;
        await home.RunSessionsAsync(1, cuff);
        Assert.Equal(PeripheralFault.InsufficientSecurity, (await home.FindAsync(cuff)).Trouble!.Fault);
        Assert.Contains("RemoveDevice", home.StandIn.Calls);
        Assert.False(cuff.IsPaired);
        Assert.Equal(0, home.Stored);
    }

    [Fact]
    public async Task A_bond_in_doubt_is_told_and_the_device_is_connected_on_until_it_answers()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(hearsKernel: false);
        StandInDevice cuff = Household.NewCuff();
        (cuff.IsPaired, cuff.DropsAtEncryption) = (true, true);
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(3, cuff);
        DeviceTrouble trouble = (await home.FindAsync(cuff)).Trouble!;
        Assert.Equal(PeripheralFault.BondDoubtful, trouble.Fault);
        Assert.Contains("pair the device again", trouble.Advice, StringComparison.Ordinal);

        cuff.DropsAtEncryption = false;
        await home.AdvertiseUntilAsync(() => home.Stored == 1, "the measurement is taken", cuff);
        await home.RunSessionsAsync(1, cuff);
        Assert.Null((await home.FindAsync(cuff)).Trouble);
    }

    [Fact]
    public async Task A_lost_bond_is_told_with_what_to_do_tried_rarely_and_repaired_with_all_records()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2 } };
        meter.Device.IsPaired = true;
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(2, home.Stored);

        meter.Records.Add(3);
        meter.Device.DropsAtEncryption = true;
        home.StandIn.Script("Connect", _ =>
        {
            home.Radio.Kernel.Tell(new KernelEvent(0, meter.Device.Address, true, null));
            return Task.FromResult<IReadOnlyList<object>?>(null);
        });
        await home.RunSessionsAsync(1, meter.Device);
        DeviceTrouble trouble = (await home.FindAsync(meter.Device)).Trouble!;
        Assert.Equal(PeripheralFault.BondLost, trouble.Fault);
        Assert.Contains("Pair it again", trouble.Advice, StringComparison.Ordinal);
        int connects = home.StandIn.Calls.Count(call => call == "Connect");

        // Others are served meanwhile, and it is left alone.
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(2, cuff, meter.Device);
        Assert.Equal(connects + 2, home.StandIn.Calls.Count(call => call == "Connect"));

        home.StandIn.Unscript("Connect");
        meter.Device.DropsAtEncryption = false;
        home.StandIn.Paired += () => home.Radio.Kernel.Tell(new KernelEvent(0, meter.Device.Address, false, 2));
        await home.StandIn.AdvertiseAsync(meter.Device);
        var request = new PairingRequest { Address = meter.Device.Address, Prompt = new ScriptedPrompt(), AllowLegacy = true };
        Task<NewBond> pairing = home.Radio.Central.PairAsync(request, default);
        await home.AdvertiseUntilAsync(() => pairing.IsCompleted, "it is paired", meter.Device);
        await pairing;
        await home.SetUpAsync(meter.Device);
        await home.AdvertiseUntilAsync(() => home.Stored == 4, "what it had stored meanwhile is taken", meter.Device);
        Assert.Contains(meter.ControlPoint.Written, request => request is [0x01, 0x03, 0x01, 2, 0]);
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Null((await home.FindAsync(meter.Device)).Trouble);
    }
}
