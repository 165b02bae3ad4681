using System.Globalization;
using System.Text;
using System.Text.Json;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Commands.Devices;

public sealed class DeviceCommandsTests : IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private static readonly Advertisement Heard = new()
    {
        Address = Address, AddressType = AddressType.Random, Name = "Cuff", Rssi = -60, ReceivedAt = SampleReadings.Start,
    };

    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();
    private readonly InMemoryDeviceRegistry _registry = new();

    [Fact]
    public async Task A_device_that_paired_is_set_up_for_its_patient()
    {
        await using var central = new CentralDouble { Heard = [Heard with { Address = "66:66:66:66:66:66" }, Heard] };
        Assert.Equal(ExitCodes.Done, await Setup().RunAsync(Io(), central, _registry, false, default));
        PairingRequest asked = Assert.Single(central.Asked);
        Assert.Equal((Address, AddressType.Random, false), (asked.Address, asked.AddressType, asked.AllowLegacy));
        RegisteredDevice device = (await _registry.FindAsync(Address, default))!;
        Assert.Equal(
            (SampleReadings.Patient, BondSecurity.SecureConnections, "Cuff", _time.GetUtcNow()),
            (device.Patient, device.Bond!.Value, device.Name, device.PairedAt));
        Assert.Equal("C0:FF:EE:00:00:01 is set up for Patient/p1 (by a secure connection).\n", Output());
    }

    [Fact]
    public async Task A_device_without_a_bond_is_not_paired()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(needsBond: false).RunAsync(Io(), central, _registry, false, default);
        Assert.Empty(central.Asked);
        Assert.Null((await _registry.FindAsync(Address, default))!.Bond);
    }

    [Fact]
    public async Task Pairing_again_for_the_same_patient_keeps_since_when_it_is_his_and_for_another_does_not()
    {
        await using var central = new CentralDouble { Heard = [Heard with { Name = null }] };
        DateTimeOffset before = _time.GetUtcNow().AddDays(-30);
        await _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = before, Name = "Cuff" }, default);
        await _registry.SetMemoryAsync(Address, new DeviceMemory { Marks = [new RecordMark(0x1808, 7, 7)] }, default);
        await Setup().RunAsync(Io(), central, _registry, false, default);
        RegisteredDevice again = (await _registry.FindAsync(Address, default))!;
        Assert.Equal((before, "Cuff"), (again.PairedAt, again.Name));
        Assert.Single((await _registry.GetMemoryAsync(Address, default)).Marks);

        await Setup(patient: SampleReadings.OtherPatient).RunAsync(Io(), central, _registry, false, default);
        Assert.Equal(_time.GetUtcNow(), (await _registry.FindAsync(Address, default))!.PairedAt);
    }

    [Fact]
    public async Task A_device_that_comes_along_with_its_person_is_theirs_since_then()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        DateTimeOffset since = _time.GetUtcNow().AddMonths(-3);
        await Setup(since: since).RunAsync(Io(), central, _registry, false, default);
        RegisteredDevice device = (await _registry.FindAsync(Address, default))!;
        Assert.Equal((since, _time.GetUtcNow()), (device.Users.OwnerSince, device.PairedAt));

        await Setup(since: since.AddMonths(-3)).RunAsync(Io(), central, _registry, false, default);
        Assert.Equal(since, (await _registry.FindAsync(Address, default))!.Users.OwnerSince);
    }

    [Theory]
    [InlineData(null)]
    [InlineData((byte)2)]
    public async Task What_a_device_measured_while_it_was_somebody_elses_is_not_made_anothers(byte? slot)
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(userIndex: slot).RunAsync(Io(), central, _registry, false, default);
        DeviceSetup other = Setup(SampleReadings.OtherPatient, userIndex: slot, since: _time.GetUtcNow().AddDays(-1));
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => other.RunAsync(Io(), central, _registry, false, default));
        Assert.Contains("--since", error.Message, StringComparison.Ordinal);
        Assert.Equal([SampleReadings.Patient], (await _registry.FindAsync(Address, default))!.People);
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
            Assert.Contains("--since", Assert.Throws<UsageException>(() => DeviceOptions.ReadSince(text, _time)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), DeviceOptions.ReadSince(text, _time));
        }
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
    public async Task A_device_from_which_nothing_came_for_longer_than_expected_is_listed_with_what_to_do()
    {
        await _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(ExitCodes.Done, await ExpectDeviceCommand.RunAsync(Io(), _registry, Address, TimeSpan.FromDays(1), default));
        IReadOnlyList<RegisteredDevice> devices = await _registry.ListAsync(default);
        Assert.Contains("longer than expected", Show(DeviceTable.OfRegistered(devices, SampleReadings.Start.AddDays(2))), StringComparison.Ordinal);
        Assert.DoesNotContain("longer than expected", Show(DeviceTable.OfRegistered(devices, SampleReadings.Start.AddHours(2))), StringComparison.Ordinal);
        await Assert.ThrowsAsync<UsageException>(() => ExpectDeviceCommand.RunAsync(Io(), _registry, "66:66:66:66:66:66", null, default));
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
    public async Task A_consent_code_is_kept_and_shown_to_nobody()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(userIndex: 2, consentCode: 4711).RunAsync(Io(), central, _registry, true, default);
        Assert.Equal((ushort)4711, Assert.Single((await _registry.FindAsync(Address, default))!.Slots).ConsentCode);
        Assert.DoesNotContain("4711", Output() + _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_changes_its_address_is_kept_under_its_identity()
    {
        const string Identity = "00:22:33:44:55:66";
        await using var central = new CentralDouble { Heard = [Heard], Identity = Identity };
        await Setup().RunAsync(Io(), central, _registry, false, default);
        Assert.Null(await _registry.FindAsync(Address, default));
        RegisteredDevice device = (await _registry.FindAsync(Identity, default))!;
        Assert.Equal((SampleReadings.Patient, BondSecurity.SecureConnections), (device.Patient, device.Bond!.Value));
        Assert.Contains(Identity, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pairing_that_fails_sets_nothing_up()
    {
        await using var central = new CentralDouble { Heard = [Heard], Fault = new PeripheralException(PeripheralFault.LegacyPairing, "the old way") };
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => Setup().RunAsync(Io(), central, _registry, false, default));
        Assert.Equal(PeripheralFault.LegacyPairing, error.Fault);
        Assert.Null(await _registry.FindAsync(Address, default));
        Assert.Empty(Output());
    }

    [Fact]
    public async Task A_device_that_is_not_heard_is_waited_for_no_longer_than_the_limit()
    {
        await using var central = new CentralDouble();
        Task<int> running = Setup().RunAsync(Io(), central, _registry, false, default);
        _time.Advance(DeviceSetup.HearLimit - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() => running.WaitAsync(Eventually.Deadline));
        Assert.Contains("was not heard", error.Message, StringComparison.Ordinal);
        Assert.Null(await _registry.FindAsync(Address, default));
    }

    [Fact]
    public async Task What_pair_and_list_tell_scripts_is_as_documented()
    {
        await using var central = new CentralDouble { Heard = [Heard], Pairs = BondSecurity.SecureConnectionsAuthenticated };
        await Setup().RunAsync(Io(), central, _registry, true, default);
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

        var trouble = new DeviceTrouble(PeripheralFault.BondLost, SampleReadings.Start, "Pair it again.");
        await _registry.NoteSessionAsync(Address, new DeviceSessionNote(SampleReadings.Start, trouble), default);
        _output.SetLength(0);
        Assert.Equal(ExitCodes.Done, await ListDevicesCommand.RunAsync(Io(), _registry, true, default));
        JsonElement listed = Lines().Single();
        Assert.Equal(documented.Order(), listed.EnumerateObject().Select(key => key.Name).Order());
        Assert.Equal(("bond-lost", "Pair it again."), (listed.GetProperty("trouble").GetString(), listed.GetProperty("advice").GetString()));
    }

    [Fact]
    public async Task A_device_is_paired_for_a_slot_and_again_without_saying_which()
    {
        await using var central = new CentralDouble { Heard = [Heard] };
        await Setup(userIndex: 1).RunAsync(Io(), central, _registry, false, default);
        Assert.Contains("is set up for 1: Patient/p1", Output(), StringComparison.Ordinal);
        DateTimeOffset first = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromDays(1));
        await Setup(SampleReadings.OtherPatient, userIndex: 2).RunAsync(Io(), central, _registry, false, default);
        UserSlots slots = UserSlots.Of([new UserSlot(1, SampleReadings.Patient, first), new UserSlot(2, SampleReadings.OtherPatient, _time.GetUtcNow())]);
        RegisteredDevice scale = (await _registry.FindAsync(Address, default))!;
        Assert.Equal((null, first, slots), (scale.Patient, scale.PairedAt, scale.Slots));
        await Setup().RunAsync(Io(), central, _registry, false, default);
        Assert.Equal(scale, await _registry.FindAsync(Address, default));
        await Assert.ThrowsAsync<UsageException>(() => Setup(new PatientReference("Patient/p3")).RunAsync(Io(), central, _registry, false, default));
        Assert.Equal(scale, await _registry.FindAsync(Address, default));
    }

    [Fact]
    public async Task A_slot_is_assigned_and_unassigned_and_who_used_the_device_alone_is_told_of()
    {
        await Assert.ThrowsAsync<UsageException>(() => AssignDeviceCommand.RunAsync(Io(), _registry, Address, 1, SampleReadings.Patient, default));
        await _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(ExitCodes.Done, await AssignDeviceCommand.RunAsync(Io(), _registry, Address, 2, SampleReadings.OtherPatient, default));
        Assert.Contains("used by Patient/p1 alone", Output(), StringComparison.Ordinal);
        RegisteredDevice shared = (await _registry.FindAsync(Address, default))!;
        Assert.Equal(UserSlots.Of([new UserSlot(2, SampleReadings.OtherPatient, _time.GetUtcNow())]), shared.Slots);
        await Assert.ThrowsAsync<UsageException>(() => AssignDeviceCommand.RunAsync(Io(), _registry, Address, null, SampleReadings.Patient, default));
        await Assert.ThrowsAsync<UsageException>(() => UnassignDeviceCommand.RunAsync(Io(), _registry, Address, null, default));

        _output.SetLength(0);
        await ListDevicesCommand.RunAsync(Io(), _registry, true, default);
        JsonElement listed = Lines().Single();
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("patient").ValueKind);
        JsonElement user = listed.GetProperty("users").EnumerateArray().Single();
        Assert.Equal((2, SampleReadings.OtherPatient.Key), (user.GetProperty("user").GetInt32(), user.GetProperty("patient").GetString()));

        Assert.Equal(ExitCodes.Done, await UnassignDeviceCommand.RunAsync(Io(), _registry, Address, 2, default));
        Assert.Empty((await _registry.FindAsync(Address, default))!.People);
        await AssignDeviceCommand.RunAsync(Io(), _registry, Address, null, SampleReadings.OtherPatient, default);
        Assert.Equal(SampleReadings.OtherPatient, (await _registry.FindAsync(Address, default))!.Patient);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(255)]
    [InlineData(256)]
    public void The_unknown_user_is_nobodys_slot(int user) => Assert.Throws<UsageException>(() => DeviceOptions.ReadUser(user));

    [Fact]
    public async Task A_list_for_a_person_tells_what_needs_doing_and_an_empty_one_how_to_begin()
    {
        await ListDevicesCommand.RunAsync(Io(), _registry, false, default);
        Assert.Contains("homehub devices scan", Output(), StringComparison.Ordinal);
        await _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        var trouble = new DeviceTrouble(PeripheralFault.BondLost, SampleReadings.Start, "Do this.");
        await _registry.NoteSessionAsync(Address, new DeviceSessionNote(SampleReadings.Start, trouble), default);
        _output.SetLength(0);
        await ListDevicesCommand.RunAsync(Io(), _registry, false, default);
        Assert.Contains("Do", Output(), StringComparison.Ordinal);
        Assert.Contains("Patient/p1", Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_removes_device_and_bond_and_says_what_was_there()
    {
        await using var central = new CentralDouble();
        await _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.Equal(ExitCodes.Done, await ForgetDeviceCommand.RunAsync(Io(), central, _registry, Address, default));
        Assert.Equal($"{Address} is forgotten.\n", Output());
        Assert.Empty(await _registry.ListAsync(default));
        await ForgetDeviceCommand.RunAsync(Io(), central, _registry, Address, default);
        Assert.Contains("was not set up", Output(), StringComparison.Ordinal);
        Assert.Equal([Address, Address], central.Forgotten);
    }

    [Fact]
    public async Task From_a_device_that_is_forgotten_nothing_is_taken_whatever_the_radio_does()
    {
        await using var central = new CentralDouble { Fault = new PeripheralException(PeripheralFault.NoRadio, "no adapter") };
        await _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        await Assert.ThrowsAsync<PeripheralException>(() => ForgetDeviceCommand.RunAsync(Io(), central, _registry, Address, default));
        Assert.Empty(await _registry.ListAsync(default));
    }

    [Theory]
    [InlineData(CentralCondition.NoAdapter, "There is no Bluetooth adapter.")]
    [InlineData(CentralCondition.NoPermission, "Add it to the group bluetooth.")]
    [InlineData(CentralCondition.Starting, "")]
    public async Task A_radio_that_does_not_become_ready_is_told_after_ten_seconds(CentralCondition condition, string message)
    {
        await using var central = new CentralDouble { State = new CentralState(condition, message) };
        Task waiting = DeviceOptions.WaitReadyAsync(central, _time, default);
        _time.Advance(DeviceOptions.RadioLimit);
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() => waiting.WaitAsync(Eventually.Deadline));
        Assert.Equal(message.Length > 0 ? message : "The Bluetooth adapter does not become ready.", error.Message);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static string Documentation()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HomeHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder!, "docs", "command-line.md");
    }

    private CommandIo Io() => new(Stream.Null, _output, _error, _time);

    private string Output() => Encoding.UTF8.GetString(_output.ToArray());

    private JsonElement[] Lines() =>
        [.. Output().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];

    private static string Show(Spectre.Console.Table table)
    {
        using var text = new StringWriter();
        Spectre.Console.IAnsiConsole console = Spectre.Console.AnsiConsole.Create(new Spectre.Console.AnsiConsoleSettings { Out = new Spectre.Console.AnsiConsoleOutput(text) });
        console.Profile.Width = 400;
        console.Write(table);
        return string.Join(' ', text.ToString().Split(['│', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
    }

    private DeviceSetup Setup(PatientReference? patient = null, bool needsBond = true, byte? userIndex = null, DateTimeOffset? since = null, ushort? consentCode = null) => new()
    {
        ConsentCode = consentCode,
        Since = since,
        UserIndex = userIndex,
        Address = Address,
        Patient = patient ?? SampleReadings.Patient,
        Bonds = needsBond,
        AllowLegacy = false,
        Models = DeviceCatalogue.Empty,
        Language = "en",
        Prompt = new TerminalPrompt(Io(), true, null),
    };
}
