using System.Globalization;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Testing;

namespace HomeHub.Gateway.Tests.Commands.Devices;

/// <summary>Setting a device up for its people.</summary>
public sealed class PairDeviceCommandTests : DeviceCommandFixture
{
    [Fact]
    public async Task A_device_that_paired_is_set_up_for_its_patient()
    {
        await using var central = new CentralDouble { Heard = [Heard with { Address = "66:66:66:66:66:66" }, Heard] };
        Assert.Equal(ExitCodes.Done, await Setup().RunAsync(Io(), central, Registry, false, default));
        PairingRequest asked = Assert.Single(central.Asked);
        Assert.Equal((Address, AddressType.Random, false), (asked.Address, asked.AddressType, asked.AllowLegacy));
        RegisteredDevice device = (await Registry.FindAsync(Address, default))!;
        Assert.Equal(
            (SampleReadings.Patient, BondSecurity.SecureConnections, "Cuff", Time.GetUtcNow()),
            (device.Patient, device.Bond!.Value, device.Name, device.PairedAt));
        Assert.Equal("C0:FF:EE:00:00:01 is set up for Patient/p1 (by a secure connection).\n", Output());
    }

    [Fact]
    public async Task A_device_without_a_bond_is_not_paired()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(needsBond: false).RunAsync(Io(), central, Registry, false, default);
        Assert.Empty(central.Asked);
        Assert.Null((await Registry.FindAsync(Address, default))!.Bond);
    }

    [Fact]
    public async Task Pairing_again_for_the_same_patient_keeps_since_when_it_is_his_and_for_another_does_not()
    {
        await using var central = new CentralDouble { Heard = [Heard with { Name = null }] };
        DateTimeOffset before = Time.GetUtcNow().AddDays(-30);
        await Registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = before, Name = "Cuff" }, default);
        await Registry.SetMemoryAsync(Address, new DeviceMemory { Marks = [new RecordMark(0x1808, 7, 7)] }, default);
        await Setup().RunAsync(Io(), central, Registry, false, default);
        RegisteredDevice again = (await Registry.FindAsync(Address, default))!;
        Assert.Equal((before, "Cuff"), (again.PairedAt, again.Name));
        Assert.Single((await Registry.GetMemoryAsync(Address, default)).Marks);

        await Setup(patient: SampleReadings.OtherPatient).RunAsync(Io(), central, Registry, false, default);
        Assert.Equal(Time.GetUtcNow(), (await Registry.FindAsync(Address, default))!.PairedAt);
    }

    [Fact]
    public async Task A_device_that_comes_along_with_its_person_is_theirs_since_then()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        DateTimeOffset since = Time.GetUtcNow().AddMonths(-3);
        await Setup(since: since).RunAsync(Io(), central, Registry, false, default);
        RegisteredDevice device = (await Registry.FindAsync(Address, default))!;
        Assert.Equal((since, Time.GetUtcNow()), (device.Users.OwnerSince, device.PairedAt));

        await Setup(since: since.AddMonths(-3)).RunAsync(Io(), central, Registry, false, default);
        Assert.Equal(since, (await Registry.FindAsync(Address, default))!.Users.OwnerSince);
    }

    [Theory]
    [InlineData(null)]
    [InlineData((byte)2)]
    public async Task What_a_device_measured_while_it_was_somebody_elses_is_not_made_anothers(byte? slot)
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(userIndex: slot).RunAsync(Io(), central, Registry, false, default);
        TerminalSetup other = Setup(SampleReadings.OtherPatient, userIndex: slot, since: Time.GetUtcNow().AddDays(-1));
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => other.RunAsync(Io(), central, Registry, false, default));
        Assert.Contains("--since", error.Message, StringComparison.Ordinal);
        Assert.Equal([SampleReadings.Patient], (await Registry.FindAsync(Address, default))!.People);
    }

    [Theory]
    [InlineData("2023-11-01", "2023-11-01T00:00:00Z")]
    [InlineData("2023-11-01T08:30+01:00", "2023-11-01T07:30:00Z")]
    [InlineData("2023-11-01T08:30:10Z", "2023-11-01T08:30:10Z")]
    [InlineData("2023-11-01T08:30", null)]
    [InlineData("01.11.2023", null)]
    [InlineData("9999-01-01", null)]
    public void Since_when_is_a_date_or_a_time_with_its_offset_and_not_in_the_future(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Contains("--since", Assert.Throws<UsageException>(() => DeviceOptions.ReadSince(text, Time, true)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), DeviceOptions.ReadSince(text, Time, true));
        }
    }

    [Fact]
    public async Task Without_a_clock_the_time_that_was_said_stands_for_when_it_was_set_up_as_well()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        Clock.IsTimeKnown = false;
        DateTimeOffset said = Time.GetUtcNow().AddYears(30);
        await Assert.ThrowsAsync<CommandFailedException>(() => Setup().RunAsync(Io(), central, Registry, false, default));
        Assert.Null(await Registry.FindAsync(Address, default));
        await Setup(since: said).RunAsync(Io(), central, Registry, false, default);
        RegisteredDevice device = (await Registry.FindAsync(Address, default))!;
        Assert.Equal((said, said), (device.PairedAt, device.Users.OwnerSince));
    }

    [Fact]
    public void Without_a_clock_since_when_must_be_said_and_is_not_compared_with_it()
    {
        CommandFailedException error = Assert.Throws<CommandFailedException>(() => DeviceOptions.ChooseSince(null, Time, false));
        Assert.Contains("--since", error.Message, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), DeviceOptions.ReadSince("9999-01-01", Time, false));
        Assert.Throws<UsageException>(() => DeviceOptions.ReadSince("yesterday", Time, false));
        Assert.Equal(Time.GetUtcNow(), DeviceOptions.ChooseSince(null, Time, true));
    }

    [Theory]
    [InlineData(0, (byte)1, true)]
    [InlineData(9999, (byte)1, true)]
    [InlineData(10000, (byte)1, false)]
    [InlineData(-1, (byte)1, false)]
    [InlineData(1234, null, false)]
    public void A_consent_code_is_a_users_and_has_four_digits(int code, byte? slot, bool isOne)
    {
        Assert.Null(DeviceOptions.ReadConsentCode(null, slot));
        if (isOne)
        {
            Assert.Equal((ushort)code, DeviceOptions.ReadConsentCode(code, slot));
        }
        else
        {
            Assert.Contains("--consent-code", Assert.Throws<UsageException>(() => DeviceOptions.ReadConsentCode(code, slot)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_consent_code_is_kept_and_shown_to_nobody()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(userIndex: 2, consentCode: 4711).RunAsync(Io(), central, Registry, true, default);
        Assert.Equal((ushort)4711, Assert.Single((await Registry.FindAsync(Address, default))!.Slots).ConsentCode);
        Assert.DoesNotContain("4711", Output() + Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_changes_its_address_is_kept_under_its_identity()
    {
        const string Identity = "00:22:33:44:55:66";
        await using var central = new CentralDouble { Heard = [Heard], Identity = Identity };
        await Setup().RunAsync(Io(), central, Registry, false, default);
        Assert.Null(await Registry.FindAsync(Address, default));
        RegisteredDevice device = (await Registry.FindAsync(Identity, default))!;
        Assert.Equal((SampleReadings.Patient, BondSecurity.SecureConnections), (device.Patient, device.Bond!.Value));
        Assert.Contains(Identity, Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pairing_that_fails_sets_nothing_up()
    {
        await using var central = new CentralDouble { Heard = [Heard], Fault = new PeripheralException(PeripheralFault.LegacyPairing, "the old way") };
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => Setup().RunAsync(Io(), central, Registry, false, default));
        Assert.Equal(PeripheralFault.LegacyPairing, error.Fault);
        Assert.Null(await Registry.FindAsync(Address, default));
        Assert.Empty(Output());
    }

    [Fact]
    public async Task A_device_that_is_not_heard_is_waited_for_no_longer_than_the_limit()
    {
        await using var central = new CentralDouble();
        Task<int> running = Setup().RunAsync(Io(), central, Registry, false, default);
        Time.Advance(DeviceSetup.HearLimit - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        Time.Advance(TimeSpan.FromTicks(1));
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() => running.WaitAsync(Eventually.Deadline));
        Assert.Contains("was not heard", error.Message, StringComparison.Ordinal);
        Assert.Null(await Registry.FindAsync(Address, default));
    }

    [Fact]
    public async Task A_device_is_paired_for_a_slot_and_again_without_saying_which()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(userIndex: 1).RunAsync(Io(), central, Registry, false, default);
        Assert.Contains("is set up for 1: Patient/p1", Output(), StringComparison.Ordinal);
        DateTimeOffset first = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromDays(1));
        await Setup(SampleReadings.OtherPatient, userIndex: 2).RunAsync(Io(), central, Registry, false, default);
        UserSlots slots = UserSlots.Of([new UserSlot(1, SampleReadings.Patient, first), new UserSlot(2, SampleReadings.OtherPatient, Time.GetUtcNow())]);
        RegisteredDevice scale = (await Registry.FindAsync(Address, default))!;
        Assert.Equal((null, first, slots), (scale.Patient, scale.PairedAt, scale.Slots));
        await Setup().RunAsync(Io(), central, Registry, false, default);
        Assert.Equal(scale, await Registry.FindAsync(Address, default));
        await Assert.ThrowsAsync<UsageException>(() => Setup(new PatientReference("Patient/p3")).RunAsync(Io(), central, Registry, false, default));
        Assert.Equal(scale, await Registry.FindAsync(Address, default));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(255)]
    [InlineData(256)]
    public void The_unknown_user_is_nobodys_slot(int user) => Assert.Throws<UsageException>(() => DeviceOptions.ReadUser(user));
}
