using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using Xunit;

namespace HomeHub.Testing.Peripherals;

/// <summary>What every registry of devices does. Runs over the double and over each adapter.</summary>
public abstract class DeviceRegistryContract : IAsyncLifetime
{
    private const string First = "C0:FF:EE:00:00:01", Second = "C0:FF:EE:00:00:02";

    private static readonly DeviceMemory Memory = new()
    {
        Firmware = "312E30",
        Descriptions = [new RememberedValue(0x180A, 0x2A26, [0x31, 0x2E, 0x30]), new RememberedValue(0x1808, 0x2A51, []), new RememberedValue(0x180A, 0x2A29, [0xFF])],
        Marks = [new RecordMark(0x1808, ushort.MaxValue, ulong.MaxValue) { Time = new PhdTimestamp(2026, 3, 14, 7, 42, 10) }, new RecordMark(0x1822, 0, 0)],
    };

    /// <summary>The registry under test.</summary>
    protected IDeviceRegistry Registry { get; private set; } = null!;

    /// <summary>Opens a new, empty registry.</summary>
    protected abstract Task<IDeviceRegistry> OpenAsync();

    /// <summary>Opens the same registry once more, as another process does.</summary>
    protected abstract Task<IDeviceRegistry> OpenBesideAsync(IDeviceRegistry registry);

    public async Task InitializeAsync() => Registry = await OpenAsync();

    public virtual async Task DisposeAsync() => await Registry.DisposeAsync();

    [Fact]
    public async Task A_new_registry_knows_nobody()
    {
        Assert.Null(await Registry.FindAsync(First, default));
        Assert.Empty(await Registry.ListAsync(default));
        AssertSame(DeviceMemory.Empty, await Registry.GetMemoryAsync(First, default));
    }

    [Fact]
    public async Task A_device_is_found_as_it_was_saved()
    {
        RegisteredDevice device = Device(First) with { AddressType = AddressType.Random, Name = "Cuff \u00e4", Bond = BondSecurity.SecureConnections };
        await Registry.SaveAsync(device, default);
        Assert.Equal(device, await Registry.FindAsync(First, default));
        await Registry.SaveAsync(Device(Second) with { Patient = SampleReadings.OtherPatient }, default);
        Assert.Equal([First, Second], (await Registry.ListAsync(default)).Select(found => found.Address));
        Assert.Equal(SampleReadings.OtherPatient, (await Registry.FindAsync(Second, default))!.Patient);
        Assert.Null((await Registry.FindAsync(Second, default))!.Bond);
    }

    [Fact]
    public async Task A_device_that_is_set_up_anew_has_the_new_owner_no_trouble_and_what_was_remembered()
    {
        await Registry.SaveAsync(Device(First), default);
        await Registry.SetMemoryAsync(First, Memory, default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start, Trouble(PeripheralFault.BondLost, 0)), default);
        RegisteredDevice anew = Device(First) with { Patient = SampleReadings.OtherPatient, Bond = BondSecurity.Legacy, PairedAt = SampleReadings.Start.AddDays(1) };
        await Registry.SaveAsync(anew, default);
        Assert.Equal(anew with { LastSessionAt = SampleReadings.Start }, await Registry.FindAsync(First, default));
        AssertSame(Memory, await Registry.GetMemoryAsync(First, default));
    }

    [Fact]
    public async Task A_device_that_was_removed_is_gone_with_all_that_was_known_of_it()
    {
        await Registry.SaveAsync(Device(First), default);
        await Registry.SaveAsync(Device(Second), default);
        await Registry.SetMemoryAsync(First, Memory, default);
        await Registry.SetMemoryAsync(Second, Memory, default);
        Assert.True(await Registry.RemoveAsync(First, default));
        Assert.False(await Registry.RemoveAsync(First, default));
        Assert.Null(await Registry.FindAsync(First, default));
        await Registry.SaveAsync(Device(First), default);
        AssertSame(DeviceMemory.Empty, await Registry.GetMemoryAsync(First, default));
        AssertSame(Memory, await Registry.GetMemoryAsync(Second, default));
    }

    [Fact]
    public async Task Notes_of_a_device_that_was_removed_are_passed_over()
    {
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start, null), default);
        await Registry.SetMemoryAsync(First, Memory, default);
        Assert.Empty(await Registry.ListAsync(default));
        AssertSame(DeviceMemory.Empty, await Registry.GetMemoryAsync(First, default));
    }

    [Fact]
    public async Task What_its_clock_showed_is_noted_until_it_is_compared_again()
    {
        await Registry.SaveAsync(Device(First), default);
        Assert.Null((await Registry.FindAsync(First, default))!.Clock);
        var slow = new DeviceClockNote(SampleReadings.Start, TimeSpan.FromMinutes(-7.5), true);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start, null) { Clock = slow }, default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start.AddHours(1), null), default);
        await Registry.SaveAsync(Device(First), default);
        Assert.Equal(slow, (await Registry.FindAsync(First, default))!.Clock);
        var unset = new DeviceClockNote(SampleReadings.Start.AddHours(2), null, false);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start, null) { Clock = unset }, default);
        Assert.Equal(unset, (await Registry.FindAsync(First, default))!.Clock);
    }

    [Fact]
    public async Task A_trouble_keeps_its_beginning_while_it_lasts_and_a_good_connection_clears_it()
    {
        await Registry.SaveAsync(Device(First), default);
        DeviceTrouble first = Trouble(PeripheralFault.BondLost, 0);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start, first), default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start.AddHours(1), Trouble(PeripheralFault.BondLost, 1)), default);
        RegisteredDevice lasting = (await Registry.FindAsync(First, default))!;
        Assert.Equal((first, SampleReadings.Start.AddHours(1)), (lasting.Trouble, lasting.LastSessionAt));

        DeviceTrouble other = Trouble(PeripheralFault.StaleServices, 2);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start.AddHours(2), other), default);
        Assert.Equal(other, (await Registry.FindAsync(First, default))!.Trouble);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start.AddHours(3), null), default);
        Assert.Null((await Registry.FindAsync(First, default))!.Trouble);
    }

    [Fact]
    public async Task Where_no_time_is_known_what_was_noted_before_stays_and_the_trouble_is_told_without()
    {
        DateTimeOffset at = SampleReadings.Start.ToUniversalTime();
        await Registry.SaveAsync(Device(First), default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(at, null, at) { ValueAt = at }, default);
        var trouble = new DeviceTrouble(PeripheralFault.BondLost, null, "Pair it again.");
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(null, trouble), default);
        RegisteredDevice noted = (await Registry.FindAsync(First, default))!;
        Assert.Equal((at, at, at, trouble), (noted.LastSessionAt!.Value, noted.ToldAllAt!.Value, noted.LastValueAt!.Value, noted.Trouble));
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(at.AddHours(1), trouble with { Since = at }), default);
        Assert.Equal(trouble, (await Registry.FindAsync(First, default))!.Trouble);
    }

    [Fact]
    public async Task The_last_battery_level_stays_until_another_one_is_told_also_when_the_device_is_set_up_again()
    {
        await Registry.SaveAsync(Device(First), default);
        Assert.Null((await Registry.FindAsync(First, default))!.BatteryPercent);
        foreach ((int? told, int noted) in new (int?, int)[] { (71, 71), (null, 71), (0, 0), (100, 100) })
        {
            await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start, null) { BatteryPercent = told }, default);
            Assert.Equal(noted, (await Registry.FindAsync(First, default))!.BatteryPercent);
        }

        await Registry.SaveAsync(Device(First), default);
        Assert.Equal(100, (await Registry.FindAsync(First, default))!.BatteryPercent);
    }

    [Fact]
    public async Task A_measurement_that_waited_is_noted_where_it_is_the_newest_and_clears_no_trouble()
    {
        DateTimeOffset at = SampleReadings.Start.ToUniversalTime();
        await Registry.NoteValueAsync(First, at, default);
        Assert.Empty(await Registry.ListAsync(default));
        await Registry.SaveAsync(Device(First), default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(null, Trouble(PeripheralFault.BondLost, 0)), default);
        await Registry.NoteValueAsync(First, at, default);
        await Registry.NoteValueAsync(First, at.AddDays(-1), default);
        RegisteredDevice noted = (await Registry.FindAsync(First, default))!;
        Assert.Equal((at, null, PeripheralFault.BondLost), (noted.LastValueAt, noted.LastSessionAt, noted.Trouble!.Fault));
        await Registry.NoteValueAsync(First, at.AddDays(1), default);
        Assert.Equal(at.AddDays(1), (await Registry.FindAsync(First, default))!.LastValueAt);
    }

    [Fact]
    public async Task A_device_comes_back_with_its_people_and_is_set_up_anew_with_others()
    {
        UserSlots slots = UserSlots.Of([new UserSlot(2, SampleReadings.OtherPatient, SampleReadings.Start.AddDays(1)), new UserSlot(0, SampleReadings.Patient, SampleReadings.Start) { ConsentCode = 9999 }]);
        RegisteredDevice scale = Device(First) with { Patient = null, Slots = slots };
        await Registry.SaveAsync(scale, default);
        Assert.Equal(scale, await Registry.FindAsync(First, default));
        Assert.Equal(scale, Assert.Single(await Registry.ListAsync(default)));
        RegisteredDevice owned = Device(First) with { AssignedAt = SampleReadings.Start.AddDays(2) };
        await Registry.SaveAsync(owned, default);
        Assert.Equal(owned, await Registry.FindAsync(First, default));
        RegisteredDevice nobodys = Device(First) with { Patient = null };
        await Registry.SaveAsync(nobodys, default);
        Assert.Equal(nobodys, await Registry.FindAsync(First, default));
    }

    [Fact]
    public async Task A_slot_takes_the_place_of_the_owner_and_an_owner_that_of_the_slots_each_with_its_own_date()
    {
        DateTimeOffset later = SampleReadings.Start.AddDays(1);
        Assert.False(await Registry.AssignAsync(First, 1, SampleReadings.Patient, later, default));
        await Registry.SaveAsync(Device(First), default);
        await Registry.SaveAsync(Device(Second), default);
        Assert.True(await Registry.AssignAsync(First, 1, SampleReadings.Patient, later, default));
        Assert.True(await Registry.AssignAsync(First, 254, SampleReadings.OtherPatient, later.AddDays(1), default));
        RegisteredDevice shared = (await Registry.FindAsync(First, default))!;
        Assert.Null(shared.Patient);
        Assert.Equal([new UserSlot(1, SampleReadings.Patient, later), new UserSlot(254, SampleReadings.OtherPatient, later.AddDays(1))], shared.Slots);
        Assert.True(await Registry.AssignAsync(First, null, SampleReadings.OtherPatient, later.AddDays(2), default));
        RegisteredDevice owned = (await Registry.FindAsync(First, default))!;
        Assert.Equal((SampleReadings.OtherPatient, later.AddDays(2), 0), (owned.Patient, owned.Users.OwnerSince, owned.Slots.Count));
        Assert.Equal(Device(Second), await Registry.FindAsync(Second, default));
    }

    [Fact]
    public async Task Who_has_it_already_keeps_it_since_when_it_was_and_another_does_not()
    {
        DateTimeOffset later = SampleReadings.Start.AddDays(1);
        await Registry.SaveAsync(Device(First), default);
        await Registry.AssignAsync(First, null, SampleReadings.Patient, later, default);
        Assert.Equal(Device(First), await Registry.FindAsync(First, default));
        await Registry.AssignAsync(First, 1, SampleReadings.Patient, SampleReadings.Start, default);
        await Registry.AssignAsync(First, 1, SampleReadings.Patient, later, default);
        Assert.Equal(SampleReadings.Start.ToUniversalTime(), (await Registry.FindAsync(First, default))!.Slots[0].AssignedAt);
        await Registry.AssignAsync(First, 1, SampleReadings.OtherPatient, later, default);
        Assert.Equal(new UserSlot(1, SampleReadings.OtherPatient, later), Assert.Single((await Registry.FindAsync(First, default))!.Slots));
    }

    [Fact]
    public async Task What_is_expected_and_when_it_last_measured_stays_also_when_it_is_paired_again()
    {
        DateTimeOffset at = SampleReadings.Start.ToUniversalTime();
        Assert.False(await Registry.ExpectAsync(First, TimeSpan.FromDays(1), default));
        await Registry.SaveAsync(Device(First), default);
        Assert.True(await Registry.ExpectAsync(First, TimeSpan.FromDays(1), default));
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(at, null) { ValueAt = at }, default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(at.AddDays(1), null), default);
        await Registry.SaveAsync(Device(First) with { Name = "again" }, default);
        RegisteredDevice kept = (await Registry.FindAsync(First, default))!;
        Assert.Equal((TimeSpan.FromDays(1), at, "again"), (kept.ExpectedEvery, kept.LastValueAt, kept.Name));
        await Registry.ExpectAsync(First, null, default);
        Assert.Null((await Registry.FindAsync(First, default))!.ExpectedEvery);
    }

    [Fact]
    public async Task The_code_of_a_slot_stays_with_who_has_it_and_goes_with_them()
    {
        UserSlots slots = UserSlots.None.With(1, SampleReadings.Patient, SampleReadings.Start, consentCode: 12);
        await Registry.SaveAsync(Device(First) with { Patient = null, Slots = slots }, default);
        await Registry.AssignAsync(First, 1, SampleReadings.Patient, SampleReadings.Start.AddDays(1), default);
        Assert.Equal((ushort)12, Assert.Single((await Registry.FindAsync(First, default))!.Slots).ConsentCode);
        await Registry.AssignAsync(First, 1, SampleReadings.OtherPatient, SampleReadings.Start.AddDays(1), default);
        Assert.Null(Assert.Single((await Registry.FindAsync(First, default))!.Slots).ConsentCode);
    }

    [Fact]
    public async Task What_was_unassigned_is_nobodys()
    {
        Assert.False(await Registry.UnassignAsync(First, null, default));
        await Registry.SaveAsync(Device(First), default);
        Assert.False(await Registry.UnassignAsync(First, 1, default));
        Assert.True(await Registry.UnassignAsync(First, null, default));
        Assert.False(await Registry.UnassignAsync(First, null, default));
        Assert.Empty((await Registry.FindAsync(First, default))!.People);
        await Registry.AssignAsync(First, 1, SampleReadings.Patient, SampleReadings.Start, default);
        await Registry.AssignAsync(First, 2, SampleReadings.OtherPatient, SampleReadings.Start, default);
        Assert.True(await Registry.UnassignAsync(First, 1, default));
        Assert.Equal([SampleReadings.OtherPatient], (await Registry.FindAsync(First, default))!.People);
    }

    [Fact]
    public async Task When_a_device_told_all_is_kept_until_it_tells_all_again()
    {
        await Registry.SaveAsync(Device(First), default);
        Assert.Null((await Registry.FindAsync(First, default))!.ToldAllAt);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start.AddHours(1), null, SampleReadings.Start), default);
        await Registry.NoteSessionAsync(First, new DeviceSessionNote(SampleReadings.Start.AddHours(2), null), default);
        await Registry.SaveAsync(Device(First), default);
        Assert.Equal(SampleReadings.Start, (await Registry.FindAsync(First, default))!.Users.ToldAllAt);
    }

    [Fact]
    public async Task What_is_remembered_is_replaced_as_a_whole()
    {
        await Registry.SaveAsync(Device(First), default);
        await Registry.SetMemoryAsync(First, Memory, default);
        AssertSame(Memory, await Registry.GetMemoryAsync(First, default));
        var other = new DeviceMemory { Marks = [new RecordMark(0x1808, 7, 1UL << 63)] };
        await Registry.SetMemoryAsync(First, other, default);
        AssertSame(other, await Registry.GetMemoryAsync(First, default));
    }

    [Fact]
    public async Task Who_has_it_open_beside_sees_each_change_at_once()
    {
        await using IDeviceRegistry beside = await OpenBesideAsync(Registry);
        await beside.SaveAsync(Device(First), default);
        Assert.NotNull(await Registry.FindAsync(First, default));
        await Registry.SetMemoryAsync(First, Memory, default);
        AssertSame(Memory, await beside.GetMemoryAsync(First, default));
        Assert.True(await beside.RemoveAsync(First, default));
        Assert.Empty(await Registry.ListAsync(default));
    }

    [Fact]
    public async Task Two_that_write_at_once_lose_nothing()
    {
        const int each = 40;
        await using IDeviceRegistry beside = await OpenBesideAsync(Registry);
        async Task FillAsync(IDeviceRegistry registry, int side)
        {
            for (int i = 0; i < each; i++)
            {
                string address = $"C0:FF:EE:00:0{side}:{i:X2}";
                await registry.SaveAsync(Device(address), default);
                await registry.SetMemoryAsync(address, Memory, default);
                await registry.NoteSessionAsync(address, new DeviceSessionNote(SampleReadings.Start, null), default);
            }
        }

        await Task.WhenAll(FillAsync(Registry, 1), FillAsync(beside, 2));
        IReadOnlyList<RegisteredDevice> all = await Registry.ListAsync(default);
        Assert.Equal(2 * each, all.Count);
        Assert.All(all, device => Assert.NotNull(device.LastSessionAt));
        AssertSame(Memory, await Registry.GetMemoryAsync(all[^1].Address, default));
    }

    [Fact]
    public async Task What_was_saved_is_there_when_it_is_opened_again()
    {
        await Registry.SaveAsync(Device(First), default);
        await Registry.SetMemoryAsync(First, Memory, default);
        IDeviceRegistry again = await OpenBesideAsync(Registry);
        await Registry.DisposeAsync();
        Registry = again;
        Assert.Equal(Device(First), await Registry.FindAsync(First, default));
        AssertSame(Memory, await Registry.GetMemoryAsync(First, default));
    }

    private static RegisteredDevice Device(string address) => new()
    {
        Address = address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start,
    };

    private static DeviceTrouble Trouble(PeripheralFault fault, int hours) => new(fault, SampleReadings.Start.AddHours(hours), "Pair it again.");

    private static void AssertSame(DeviceMemory expected, DeviceMemory found)
    {
        Assert.Equal(expected.Firmware, found.Firmware);
        Assert.Equal(expected.Marks, found.Marks);
        Assert.Equal(
            expected.Descriptions.Select(value => (value.Service, value.Characteristic, Convert.ToHexString(value.Octets))),
            found.Descriptions.Select(value => (value.Service, value.Characteristic, Convert.ToHexString(value.Octets))));
    }
}
