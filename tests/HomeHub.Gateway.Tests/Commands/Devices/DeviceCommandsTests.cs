using System.Text.Json;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Testing;

namespace HomeHub.Gateway.Tests.Commands.Devices;

/// <summary>Who uses a device, what is expected of it, the list, and forgetting.</summary>
public sealed class DeviceCommandsTests : DeviceCommandFixture
{
    [Fact]
    public async Task A_device_from_which_nothing_came_for_longer_than_expected_is_listed_with_what_to_do()
    {
        await Registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(ExitCodes.Done, await ExpectDeviceCommand.RunAsync(Io(), Registry, Address, TimeSpan.FromDays(1), default));
        IReadOnlyList<RegisteredDevice> devices = await Registry.ListAsync(default);
        Assert.Contains("longer than expected", Show(DeviceTable.OfRegistered(devices, SampleReadings.Start.AddDays(2))), StringComparison.Ordinal);
        Assert.DoesNotContain("longer than expected", Show(DeviceTable.OfRegistered(devices, SampleReadings.Start.AddHours(2))), StringComparison.Ordinal);
        Assert.DoesNotContain("longer than expected", Show(DeviceTable.OfRegistered(devices, null)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<UsageException>(() => ExpectDeviceCommand.RunAsync(Io(), Registry, "66:66:66:66:66:66", null, default));

        Clock.IsTimeKnown = false;
        await ListDevicesCommand.RunAsync(Io(), Registry, Clock, false, default);
        Assert.Contains("not known until the hub's clock is synchronised", Output(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1h", 1)]
    [InlineData("12h", 12)]
    [InlineData("7d", 168)]
    [InlineData("never", 0)]
    [InlineData("0h", -1)]
    [InlineData("367d", -1)]
    [InlineData("1w", -1)]
    [InlineData("d", -1)]
    [InlineData("", -1)]
    [InlineData(null, -1)]
    public void What_is_expected_is_in_hours_or_days(string? text, int hours)
    {
        if (hours < 0)
        {
            Assert.Contains("--every", Assert.Throws<UsageException>(() => ExpectDeviceCommand.ReadEvery(text)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(hours == 0 ? null : TimeSpan.FromHours(hours), ExpectDeviceCommand.ReadEvery(text));
        }
    }

    [Fact]
    public async Task What_pair_and_list_tell_scripts_is_as_documented()
    {
        await using var central = new CentralDouble { Heard = [Heard], Pairs = BondSecurity.SecureConnectionsAuthenticated };
        await Setup().RunAsync(Io(), central, Registry, true, default);
        string[] documented = [.. File.ReadLines(Documentation())
            .SkipWhile(line => !line.StartsWith("| key of `list` and `pair`", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .SelectMany(line => line.Split('|')[1].Split(',').Select(key => key.Trim(' ', '`')))];
        JsonElement paired = Lines().Single();
        Assert.Equal(documented.Order(), paired.EnumerateObject().Select(key => key.Name).Order());
        Assert.Equal("secure-connections-authenticated", paired.GetProperty("bond").GetString());
        Assert.Equal("random", paired.GetProperty("addressType").GetString());
        Assert.Equal(DeviceTag.Of(Address), paired.GetProperty("tag").GetString());
        Assert.Equal("2026-03-14T06:00:00+00:00", paired.GetProperty("pairedAt").GetString());
        Assert.Equal(JsonValueKind.Null, paired.GetProperty("trouble").ValueKind);
        Assert.Equal(JsonValueKind.Null, paired.GetProperty("expectedEveryHours").ValueKind);

        var trouble = new DeviceTrouble(PeripheralFault.BondLost, SampleReadings.Start, "Pair it again.");
        await Registry.NoteSessionAsync(Address, new DeviceSessionNote(SampleReadings.Start, trouble), default);
        await Registry.ExpectAsync(Address, TimeSpan.FromHours(12), default);
        ForgetOutput();
        Assert.Equal(ExitCodes.Done, await ListDevicesCommand.RunAsync(Io(), Registry, Clock, true, default));
        JsonElement listed = Lines().Single();
        Assert.Equal(documented.Order(), listed.EnumerateObject().Select(key => key.Name).Order());
        Assert.Equal(12, listed.GetProperty("expectedEveryHours").GetInt32());
        Assert.Equal(("bond-lost", "Pair it again."), (listed.GetProperty("trouble").GetString(), listed.GetProperty("advice").GetString()));
    }

    [Fact]
    public async Task A_slot_is_assigned_and_unassigned_and_who_used_the_device_alone_is_told_of()
    {
        await Assert.ThrowsAsync<UsageException>(() => AssignDeviceCommand.RunAsync(Io(), Registry, Desk(), Address, 1, SampleReadings.Patient, null, default));
        await Registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(ExitCodes.Done, await AssignDeviceCommand.RunAsync(Io(), Registry, Desk(), Address, 2, SampleReadings.OtherPatient, null, default));
        Assert.Contains("used by Patient/p1 alone", Output(), StringComparison.Ordinal);
        RegisteredDevice shared = (await Registry.FindAsync(Address, default))!;
        Assert.Equal(UserSlots.Of([new UserSlot(2, SampleReadings.OtherPatient, Time.GetUtcNow())]), shared.Slots);
        await Assert.ThrowsAsync<UsageException>(() => AssignDeviceCommand.RunAsync(Io(), Registry, Desk(), Address, null, SampleReadings.Patient, null, default));
        await Assert.ThrowsAsync<UsageException>(() => UnassignDeviceCommand.RunAsync(Io(), Desk(), Address, null, default));

        ForgetOutput();
        await ListDevicesCommand.RunAsync(Io(), Registry, Clock, true, default);
        JsonElement listed = Lines().Single();
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("patient").ValueKind);
        JsonElement user = listed.GetProperty("users").EnumerateArray().Single();
        Assert.Equal((2, SampleReadings.OtherPatient.Key), (user.GetProperty("user").GetInt32(), user.GetProperty("patient").GetString()));

        Assert.Equal(ExitCodes.Done, await UnassignDeviceCommand.RunAsync(Io(), Desk(), Address, 2, default));
        Assert.Empty((await Registry.FindAsync(Address, default))!.People);
        await AssignDeviceCommand.RunAsync(Io(), Registry, Desk(), Address, null, SampleReadings.OtherPatient, null, default);
        Assert.Equal(SampleReadings.OtherPatient, (await Registry.FindAsync(Address, default))!.Patient);
    }

    [Fact]
    public async Task A_list_for_a_person_tells_what_needs_doing_and_an_empty_one_how_to_begin()
    {
        await ListDevicesCommand.RunAsync(Io(), Registry, Clock, false, default);
        Assert.Contains("homehub devices scan", Output(), StringComparison.Ordinal);
        await Registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        var trouble = new DeviceTrouble(PeripheralFault.BondLost, SampleReadings.Start, "Do this.");
        await Registry.NoteSessionAsync(Address, new DeviceSessionNote(SampleReadings.Start, trouble), default);
        ForgetOutput();
        await ListDevicesCommand.RunAsync(Io(), Registry, Clock, false, default);
        Assert.Contains("Do", Output(), StringComparison.Ordinal);
        Assert.Contains("Patient/p1", Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_removes_device_and_bond_and_says_what_was_there()
    {
        await using var central = new CentralDouble();
        await Registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(ExitCodes.Done, await ForgetDeviceCommand.RunAsync(Io(), central, Desk(), Address, (_, _) => Task.CompletedTask, default));
        Assert.Equal($"{Address} is forgotten.\n", Output());
        Assert.Empty(await Registry.ListAsync(default));
        await ForgetDeviceCommand.RunAsync(Io(), central, Desk(), Address, (_, _) => Task.CompletedTask, default);
        Assert.Contains("was not set up", Output(), StringComparison.Ordinal);
        Assert.Equal([Address, Address], central.Forgotten);
    }

    [Fact]
    public async Task From_a_device_that_is_forgotten_nothing_is_taken_whatever_the_radio_does()
    {
        await using var central = new CentralDouble { Fault = new PeripheralException(PeripheralFault.NoRadio, "no adapter") };
        await Registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        await Assert.ThrowsAsync<PeripheralException>(() => ForgetDeviceCommand.RunAsync(Io(), central, Desk(), Address, (_, _) => Task.CompletedTask, default));
        Assert.Empty(await Registry.ListAsync(default));
    }

    [Theory]
    [InlineData(CentralCondition.NoAdapter, "There is no Bluetooth adapter.")]
    [InlineData(CentralCondition.NoPermission, "Add it to the group bluetooth.")]
    public async Task A_radio_that_does_not_become_ready_is_told_after_ten_seconds(CentralCondition condition, string message)
    {
        await using var central = new CentralDouble { State = new CentralState(condition, message) };
        Task waiting = DeviceOptions.WaitReadyAsync(central, Time, default);
        Time.Advance(DeviceOptions.RadioLimit);
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() => waiting.WaitAsync(Eventually.Deadline));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task While_nobody_knows_whether_there_is_a_radio_it_is_waited_for_longer()
    {
        await using var central = new CentralDouble { State = new CentralState(CentralCondition.Starting, "") };
        Task waiting = DeviceOptions.WaitReadyAsync(central, Time, default);
        Time.Advance(DeviceOptions.RadioLimit);
        await Eventually.HoldsAsync(() => Time.UntilNext == DeviceOptions.SlowRadioLimit, "it waits again");
        Assert.False(waiting.IsCompleted);
        Time.Advance(DeviceOptions.SlowRadioLimit);
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() => waiting.WaitAsync(Eventually.Deadline));
        Assert.Equal("The Bluetooth adapter does not become ready.", error.Message);
    }
}
