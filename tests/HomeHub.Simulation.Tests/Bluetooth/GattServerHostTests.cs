using HomeHub.DBus;
using HomeHub.Profiles.RecordAccess;
using HomeHub.Simulation.Bluetooth;
using HomeHub.Simulation.Devices;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Simulation.Tests.Bluetooth;

/// <summary>The device as a real peripheral, as far as BlueZ's side of the bus shows it.</summary>
public sealed class GattServerHostTests : IAsyncLifetime, IDisposable
{
    private const ushort Measurement = 0x2A35, Battery = 0x2A19, Clock = 0x2A2B;

    private readonly CancellationTokenSource _stop = new();
    private ScriptedBlueZ _bluez = null!;
    private DBusConnection _bus = null!;
    private GattServerHost _host = null!;
    private DeviceModel _model = null!;
    private Task _keeping = Task.CompletedTask;

    public async Task InitializeAsync() => _bluez = await ScriptedBlueZ.StartAsync();

    [Fact]
    public async Task A_device_is_registered_advertised_read_and_written()
    {
        await StartAsync(BenchDevices.PasskeyCuff);
        Assert.Equal("DisplayOnly", _bluez.AgentCapability);
        Assert.Equal(("peripheral", "Bench Cuff"), ((string)_bluez.Advertisement["Type"], (string)_bluez.Advertisement["LocalName"]));
        Assert.Equal(["00001810-0000-1000-8000-00805f9b34fb"], (string[])_bluez.Advertisement["ServiceUUIDs"]);
        Assert.Contains("0000180a-0000-1000-8000-00805f9b34fb", _bluez.Services);
        Assert.Equal(["encrypt-authenticated-indicate"], _bluez.FlagsOf(Measurement));
        await _bluez.LinkAsync(true);
        Assert.Equal([80], await _bluez.ReadAsync(Battery));
        Assert.Equal("ample", System.Text.Encoding.UTF8.GetString(await _bluez.ReadAsync(0x2A29, offset: 2)));
        await _bluez.WriteAsync(Clock, 0xE8, 0x07, 2, 29, 12, 0, 0, 4, 0, 2);
        Assert.Equal(2024, _model.ReadClock().Year);
    }

    [Theory]
    [InlineData(0x85, "org.bluez.Error.Failed", "0x85")]
    [InlineData(0x02, "org.bluez.Error.NotPermitted", "Not permitted.")]
    [InlineData(0x08, "org.bluez.Error.NotAuthorized", "Not authorized.")]
    [InlineData(0xFE, "org.bluez.Error.InProgress", "In progress.")]
    public async Task A_refusal_is_told_in_the_words_that_BlueZ_makes_the_code_of(byte code, string name, string text)
    {
        await StartAsync(BenchDevices.Cuff);
        await _bluez.LinkAsync(true);
        await _model.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A19", Fault = CharacteristicFault.Refuse, AttError = code }, default);
        DBusException error = await Assert.ThrowsAsync<DBusException>(() => _bluez.ReadAsync(Battery));
        Assert.Equal((name, text), (error.Name, error.Message));
    }

    [Fact]
    public async Task A_clock_that_is_written_with_nonsense_is_refused_and_stays()
    {
        await StartAsync(BenchDevices.Cuff);
        await _bluez.LinkAsync(true);
        await Assert.ThrowsAsync<DBusException>(() => _bluez.WriteAsync(Clock, 0xE8, 0x07, 2, 30, 12, 0, 0, 4, 0, 2));
        await Assert.ThrowsAsync<DBusException>(() => _bluez.WriteAsync(Clock, 0xE8));
        Assert.NotEqual(2024, _model.ReadClock().Year);
    }

    [Fact]
    public async Task A_device_that_hangs_answers_only_when_the_link_is_gone()
    {
        await StartAsync(BenchDevices.Cuff);
        await LinkedAsync();
        await _model.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A19", Fault = CharacteristicFault.Hang }, default);
        Task<byte[]> reading = _bluez.ReadAsync(Battery);
        Assert.NotEmpty(await _bluez.ReadAsync(0x2A29));
        Assert.False(reading.IsCompleted);
        await _bluez.LinkAsync(false);
        await Assert.ThrowsAsync<DBusException>(() => reading);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pairings_over_other_adapters_are_answered_only_where_that_was_asked_for_and_nobody_else_is(bool answersForAll)
    {
        await StartAsync(BenchDevices.BondedCuff, answersForAll: answersForAll);
        await _bluez.AuthorizeAsync("/org/bluez/hci0/dev_00_00_00_00_00_01");
        Task other = _bluez.AuthorizeAsync("/org/bluez/hci1/dev_00_00_00_00_00_01");
        Assert.Equal(answersForAll ? null : "org.bluez.Error.Rejected", await RefusalAsync(other));
        await using DBusConnection stranger = await DBusConnection.OpenAsync(_bluez.Bus.Address, TimeProvider.System, CancellationToken.None);
        Assert.Equal("org.bluez.Error.Rejected", await RefusalAsync(_bluez.AuthorizeAsync("/org/bluez/hci0/dev_00_00_00_00_00_01", stranger)));
    }

    [Fact]
    public async Task An_indication_leaves_BlueZ_the_time_to_send_the_notifications_before_it()
    {
        await StartAsync(BenchDevices.Meter);
        await LinkedAsync();
        await _bluez.CallAsync(0x2A18, "StartNotify");
        await _bluez.CallAsync(0x2A34, "StartNotify");
        await _bluez.CallAsync(0x2A52, "StartNotify");
        await _bluez.WriteAsync(0x2A52, RecordAccessControlPoint.ReportFrom(25));
        for (int told = 0; told < 2; told++)
        {
            await NextAsync();
        }

        long last = TimeProvider.System.GetTimestamp();
        Assert.Equal([6, 0, 1, 1], await NextAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(last), GattServerHost.GatheringLimit * 0.8, Eventually.Deadline);
    }

    [Fact]
    public async Task The_next_indication_waits_for_the_confirmation_of_the_one_before()
    {
        await StartAsync(BenchDevices.Cuff with { StoredRecords = 2 });
        await LinkedAsync();
        await _bluez.CallAsync(Measurement, "StartNotify");
        byte[] first = await NextAsync();

        // Answered after whatever was told before: nothing was.
        await _bluez.ReadAsync(Battery);
        Assert.False(_bluez.Values.TryPeek(out _));
        await _bluez.CallAsync(Measurement, "Confirm");
        Assert.NotEqual(first, await NextAsync());
    }

    [Fact]
    public async Task What_was_not_confirmed_is_sent_again_in_the_next_connection()
    {
        await StartAsync(BenchDevices.Cuff with { StoredRecords = 1 });
        await LinkedAsync();
        await _bluez.CallAsync(Measurement, "StartNotify");
        byte[] first = await NextAsync();

        // BlueZ ends the subscription of a central without a bond.
        await UnlinkedAsync();
        await _bluez.CallAsync(Measurement, "StopNotify");
        await LinkedAsync();
        await _bluez.CallAsync(Measurement, "StartNotify");
        Assert.Equal(first, await NextAsync());
    }

    [Fact]
    public async Task A_bonded_central_that_is_back_need_not_subscribe_again()
    {
        await StartAsync(BenchDevices.Cuff);
        await LinkedAsync();
        await _bluez.CallAsync(Measurement, "StartNotify");
        await UnlinkedAsync();
        await _model.MeasureAsync(CancellationToken.None);
        await LinkedAsync();
        Assert.False(_bluez.Values.TryPeek(out _));
        await _bluez.ReadAsync(Battery);
        Assert.NotEmpty(await NextAsync());
    }

    [Fact]
    public async Task A_device_cuts_the_link()
    {
        await StartAsync(BenchDevices.Cuff);
        await LinkedAsync();
        await _model.DoAsync(new ScriptStep { Do = ScriptAction.Disconnect }, CancellationToken.None);
        Assert.True(_bluez.WasCut);
    }

    [Fact]
    public async Task A_device_that_sleeps_is_not_advertised_until_it_wakes()
    {
        await StartAsync(BenchDevices.Cuff);
        await _model.DoAsync(new ScriptStep { Do = ScriptAction.Sleep }, CancellationToken.None);
        Assert.False(_bluez.IsAdvertising);
        await _model.DoAsync(new ScriptStep { Do = ScriptAction.Wake }, CancellationToken.None);
        Assert.True(_bluez.IsAdvertising);
    }

    [Fact]
    public async Task A_service_that_was_restarted_is_told_everything_again()
    {
        await StartAsync(BenchDevices.Cuff);
        await LinkedAsync();
        Task gone = Happening("disconnected");
        await _bluez.StopAsync();
        await gone.WaitAsync(Eventually.Deadline);
        await _bluez.StartAgainAsync();
        await Eventually.HoldsAsync(() => _bluez is { Applications: 2, IsAdvertising: true }, "the device is registered and advertised again");
        await LinkedAsync();
        Assert.Equal([80], await _bluez.ReadAsync(Battery));
    }

    [Fact]
    public async Task An_adapter_that_was_off_and_kept_the_application_is_no_trouble()
    {
        List<string> troubles = [];
        await StartAsync(BenchDevices.Cuff, troubles.Add);
        _bluez.KeepsApplications = true;
        await LinkedAsync();
        Task gone = Happening("disconnected");
        await _bluez.PowerOffAsync();
        await gone.WaitAsync(Eventually.Deadline);
        await _host.AdvertiseAsync(true, CancellationToken.None);
        Assert.Equal((1, true), (_bluez.Applications, _bluez.IsAdvertising));
        Assert.Empty(troubles);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.DisposeAsync();
        _model.Dispose();
        await _bus.DisposeAsync();
        await _bluez.DisposeAsync();
    }

    public void Dispose() => _stop.Dispose();

    private async Task StartAsync(DeviceFile file, Action<string>? troubled = null, bool answersForAll = false)
    {
        _bus = await DBusConnection.OpenAsync(_bluez.Bus.Address, TimeProvider.System, CancellationToken.None);
        _host = new GattServerHost(_bus, "hci0", TimeProvider.System);
        _host.Troubled += troubled;
        _model = new DeviceModel(file, 1, _host, TimeProvider.System);
        await _host.StartAsync(_model, new SimulatedAgent(file.Security, _ => { }) { AnswersForAll = answersForAll }, CancellationToken.None);
        await _host.AdvertiseAsync(true, CancellationToken.None);
        Assert.True(_bluez.IsAdvertising);
        _keeping = _host.KeepAsync(_stop.Token);
    }

    private static async Task<string?> RefusalAsync(Task asked)
    {
        try
        {
            await asked;
            return null;
        }
        catch (DBusException error)
        {
            return error.Name;
        }
    }

    private async Task LinkedAsync()
    {
        Task connected = Happening("connected");
        await _bluez.LinkAsync(true);
        await connected.WaitAsync(Eventually.Deadline);
    }

    private async Task UnlinkedAsync()
    {
        Task gone = Happening("disconnected");
        await _bluez.LinkAsync(false);
        await gone.WaitAsync(Eventually.Deadline);
    }

    private async Task<byte[]> NextAsync() => await _bluez.Values.ReadAsync().AsTask().WaitAsync(Eventually.Deadline);

    private Task Happening(string name)
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _model.Happened += told =>
        {
            if (told.Name == name)
            {
                happened.TrySetResult();
            }
        };
        return happened.Task;
    }
}
