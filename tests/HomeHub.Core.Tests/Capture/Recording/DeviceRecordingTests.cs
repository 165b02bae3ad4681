using System.Collections.Concurrent;
using System.Threading.Channels;
using HomeHub.Core.Capture;
using HomeHub.Core.Capture.Recording;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Tests.Sessions;
using HomeHub.Profiles;
using HomeHub.Profiles.BerryMedOximeter;
using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Capture.Recording;

public sealed class DeviceRecordingTests : IAsyncDisposable
{
    private const GattProperties ReadWrite = GattProperties.Read | GattProperties.Write;

    private static readonly GattCharacteristic
        Measurement = new(0x1810, 0x2A35, 2, GattProperties.Indicate),
        Clock = new(0x1810, 0x2A08, 4, ReadWrite),
        Serial = new(0x180A, 0x2A25, 6, GattProperties.Read),
        Vendor = new(BluetoothUuid.Parse("fb005c80-02e7-f387-1cad-8acd2d8df0c8"), BluetoothUuid.Parse("fb005c81-02e7-f387-1cad-8acd2d8df0c8"), 8, GattProperties.Read | GattProperties.Notify),
        Secret = new(0x1812, 0x2A4D, 10, GattProperties.Read);

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly ConcurrentQueue<string> _recorded = [];
    private readonly Peripheral _peripheral = new();

    /// <summary>Reads what tells of the connection first and then takes what came, as the hub decodes it in this order.</summary>
    [Fact]
    public async Task What_is_read_and_notified_is_recorded_in_the_order_of_the_hub()
    {
        _peripheral.Send(Measurement, "0080004B005D00");
        await RunAsync(new DeviceRecording(Device, _ => DeviceTraits.None, _time), 16);
        Assert.Equal(["Read 2A25", "Read 2A08", "Notified 2A35"], _recorded);
        Assert.Equal(["2A35"], _peripheral.Subscribed);
    }

    [Theory]
    [InlineData(ClockRule.WhenOff, false)]
    [InlineData(ClockRule.Never, false)]
    [InlineData(ClockRule.BeforeSending, true)]
    public async Task A_clock_is_set_only_where_the_device_sends_nothing_before(ClockRule rule, bool isSet)
    {
        await RunAsync(new DeviceRecording(Device, _ => new DeviceTraits { Clock = rule }, _time), 16);
        Assert.Equal(isSet, _recorded.Contains("Written 2A08"));
        Assert.Equal(isSet, _peripheral.HasWritten);
    }

    [Fact]
    public async Task What_no_profile_knows_is_taken_where_that_is_wanted_and_what_is_refused_is_passed_over()
    {
        _peripheral.Send(Vendor, "010203");
        await RunAsync(new DeviceRecording(Device, _ => DeviceTraits.None, _time) { TakesUnknown = true }, 16);
        Assert.Equal(["Read fb005c81-02e7-f387-1cad-8acd2d8df0c8", "Read 2A25", "Read 2A08", "Notified fb005c81-02e7-f387-1cad-8acd2d8df0c8"], _recorded);
        Assert.Equal([Vendor.Uuid.ToString(), "2A35"], _peripheral.Subscribed);
    }

    /// <summary>What was written and answered is the conversation; the record that was put together out of it is what a replay decodes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_device_that_is_asked_the_records_are_told_beside_the_conversation(bool takesUnknown)
    {
        GattCharacteristic answer = AskedDevice.Of(TaiDocMeterProfile.Service, TaiDocMeterProfile.AnswerUuid, 10, GattProperties.Read | GattProperties.Write | GattProperties.Notify);
        var meter = new AskedDevice([answer], (_, request) => [new CharacteristicValue(answer, TaiDocAnswer(request[1]), default)]);
        List<RecordedValue> recorded = [];
        await new DeviceRecording(Device, _ => DeviceTraits.None, TimeProvider.System) { TakesUnknown = takesUnknown }.RunAsync(meter.Connect(), recorded.Add, default);
        RecordedValue[] told = [.. recorded.Where(value => value.Operation is not (CaptureOperation.Written or CaptureOperation.Answered))];
        Assert.Equal(CaptureOperation.Notified, Assert.Single(told).Operation);
        Assert.Equal("512455420000A5B151256E343B06A5FE51266B000000A587", Convert.ToHexString(told[0].Octets.Span));
        Assert.Equal((5, 5), (recorded.Count(value => value.Operation == CaptureOperation.Written), recorded.Count(value => value.Operation == CaptureOperation.Answered)));
    }

    [Fact]
    public async Task Of_a_stream_in_pieces_whole_frames_are_told()
    {
        GattCharacteristic stream = AskedDevice.Of(BerryMedOximeterProfile.Service, BerryMedOximeterProfile.StreamUuid, 10, GattProperties.Notify);
        var peripheral = new AskedDevice([stream], (_, _) => []) { AtSubscription = { [stream] = [Convert.FromHexString("86320548"), Convert.FromHexString("618632"), Convert.FromHexString("054861")] } };
        async Task<string[]> RecordAsync(params BluetoothUuid[] services)
        {
            List<RecordedValue> recorded = [];
            var recording = new DeviceRecording(Device, _ => new DeviceTraits { VendorServices = services }, TimeProvider.System) { Listens = TimeSpan.FromMilliseconds(50), TakesUnknown = true };
            await recording.RunAsync(peripheral.Connect(), recorded.Add, default);
            return [.. recorded.Select(value => $"{value.Operation} {Convert.ToHexString(value.Octets.Span)}")];
        }

        Assert.Equal(["Answered 86320548", "Answered 618632", "Notified 8632054861", "Answered 054861"], await RecordAsync(BerryMedOximeterProfile.Service));

        // A serial service of a stranger is kept as it came.
        Assert.Equal(["Notified 86320548", "Notified 618632", "Notified 054861"], await RecordAsync());
    }

    [Fact]
    public async Task It_listens_as_long_as_it_is_told_to()
    {
        Task running = new DeviceRecording(Device, _ => DeviceTraits.None, _time) { Listens = TimeSpan.FromMinutes(3) }.RunAsync(_peripheral, Take, default);
        _time.Advance(TimeSpan.FromSeconds(179));
        _peripheral.Send(Measurement, "0080004B005D00");
        await Eventually.HoldsAsync(() => _recorded.Contains("Notified 2A35"), "it is recorded");
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await running.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task Who_cancels_keeps_what_came()
    {
        using var stop = new CancellationTokenSource();
        Task running = new DeviceRecording(Device, _ => DeviceTraits.None, _time).RunAsync(_peripheral, Take, stop.Token);
        await Eventually.HoldsAsync(() => _recorded.Contains("Read 2A08"), "it is recorded");
        _peripheral.Send(Measurement, "0080004B005D00");
        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Deadline);
        Assert.Equal("Notified 2A35", _recorded.Last());
    }

    [Fact]
    public async Task A_link_that_goes_is_told_after_all_that_came_before()
    {
        _peripheral.Send(Measurement, "0080004B005D00");
        _peripheral.End(new PeripheralException(PeripheralFault.Disconnected, "gone"));
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(
            () => new DeviceRecording(Device, _ => DeviceTraits.None, _time).RunAsync(_peripheral, Take, default).WaitAsync(Eventually.Deadline));
        Assert.Equal(("gone", "Notified 2A35"), (error.Message, _recorded.Last()));
    }

    /// <summary>One record, in the three answers of the vector TAIDOC-S1.</summary>
    private static byte[] TaiDocAnswer(byte command) => Convert.FromHexString(command switch
    {
        0x24 => "512455420000A5B1",
        0x2B => "512B01000000A522",
        0x25 => "51256E343B06A5FE",
        _ => "51266B000000A587",
    });

    public ValueTask DisposeAsync() => _peripheral.DisposeAsync();

    private static RegisteredDevice Device => new() { Address = "C0:FF:EE:00:00:01", Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };

    private void Take(RecordedValue value) => _recorded.Enqueue($"{value.Operation} {value.Characteristic.Uuid}");

    private async Task RunAsync(DeviceRecording recording, int seconds)
    {
        Task running = recording.RunAsync(_peripheral, Take, default);
        for (int second = 0; second < seconds && !running.IsCompleted; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await running.WaitAsync(Eventually.Deadline);
    }

    private sealed class Peripheral : IPeripheral
    {
        private readonly Channel<CharacteristicValue> _values = Channel.CreateUnbounded<CharacteristicValue>();

        public List<string> Subscribed { get; } = [];

        public bool HasWritten { get; private set; }

        public string Address => "C0:FF:EE:00:00:01";

        public bool IsBonded => false;

        public IReadOnlyList<GattCharacteristic> Characteristics => [Measurement, Clock, Serial, Vendor, Secret];

        public ConnectionTimes Times => default;

        public ChannelReader<CharacteristicValue> Values => _values.Reader;

        public void Send(GattCharacteristic characteristic, string hex) =>
            _values.Writer.TryWrite(new CharacteristicValue(characteristic, Convert.FromHexString(hex), SampleReadings.Start));

        public void End(PeripheralException error) => _values.Writer.Complete(error);

        public Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation) =>
            characteristic == Secret
                ? Task.FromException<byte[]>(new PeripheralException(PeripheralFault.InsufficientSecurity, "no"))
                : Task.FromResult(characteristic == Clock ? Convert.FromHexString("EA07030E061E00") : "A7"u8.ToArray());

        public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
        {
            HasWritten = true;
            return Task.CompletedTask;
        }

        public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
        {
            Subscribed.Add(characteristic.Uuid.ToString());
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
