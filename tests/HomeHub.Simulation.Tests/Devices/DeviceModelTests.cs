using System.Buffers.Binary;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Household;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;

namespace HomeHub.Simulation.Tests.Devices;

public sealed class DeviceModelTests : IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero));
    private readonly RecordingHost _host = new();
    private readonly List<DeviceEvent> _events = [];
    private DeviceModel? _model;

    [Fact]
    public void A_clock_is_ahead_and_gains()
    {
        DeviceModel cuff = Create(BenchDevices.Cuff with { ClockOffsetSeconds = -3 * 86_400, ClockDriftPpm = 100 });
        Assert.Equal(new PhdTimestamp(2026, 11, 21, 6, 0, 0), cuff.ReadClock());
        _time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(new PhdTimestamp(2026, 12, 1, 6, 1, 26), cuff.ReadClock());
    }

    [Fact]
    public async Task A_clock_that_was_never_set_knows_no_date_until_it_is()
    {
        DeviceModel cuff = Create(BenchDevices.Cuff with { Quirks = [DeviceQuirk.ClockNotSet] });
        await cuff.MeasureAsync(CancellationToken.None);
        Assert.Equal([0, 0, 0, 0, 6, 0, 0], Measured(0)[7..14]);
        ModelCharacteristic clock = cuff.Characteristics.Single(characteristic => characteristic.Uuid == 0x2A2B);
        Assert.Equal([0, 0, 0, 0, 6, 0, 0, 0], (await cuff.ReadAsync(clock)).Octets[..8]);
        Assert.Equal(0, (await cuff.WriteAsync(clock, new byte[] { 0xEA, 0x07, 11, 24, 6, 0, 0, 2, 0, 2 })).Error);
        Assert.Equal(new PhdTimestamp(2026, 11, 24, 6, 0, 0), cuff.ReadClock());
    }

    [Theory]
    [InlineData((byte)0)]
    [InlineData((byte)254)]
    public async Task A_user_is_named_in_the_octets(byte user)
    {
        DeviceModel cuff = Create(BenchDevices.Cuff with { UserIndex = user });
        await cuff.MeasureAsync(CancellationToken.None);
        byte[] octets = Measured(0);
        Assert.Equal((0x08, user), (octets[0] & 0x08, octets[16]));
    }

    [Theory]
    [InlineData(DeviceKind.BloodPressure, 0, 18, 0x16)]
    [InlineData(DeviceKind.Thermometer, 0, 12, 0x02)]
    [InlineData(DeviceKind.Oximeter, 0, 14, 0x03)]
    [InlineData(DeviceKind.Scale, 0, 14, 0x0A)]
    [InlineData(DeviceKind.Scale, 1, 15, 0x12)]
    public async Task Stamps_are_left_out_with_their_flag(DeviceKind kind, int index, int octets, byte flags)
    {
        foreach ((DeviceFile file, bool isStamped) in new[]
        {
            (new DeviceFile { Kind = kind, Name = "D" }, true),
            (new DeviceFile { Kind = kind, Name = "D", HasClock = false }, false),
            (new DeviceFile { Kind = kind, Name = "D", Quirks = [DeviceQuirk.NoStamps] }, false),
        })
        {
            _events.Clear();
            await Create(file).MeasureAsync(CancellationToken.None);
            byte stampFlag = kind == DeviceKind.Oximeter ? (byte)0x01 : (byte)0x02;
            Assert.Equal((octets - (isStamped ? 0 : 7), isStamped ? flags : flags & ~stampFlag), (Measured(index).Length, Measured(index)[0]));
        }
    }

    [Fact]
    public async Task A_wrong_unit_is_named_and_the_number_stays()
    {
        var values = new Dictionary<string, decimal> { ["systolic"] = 142, ["diastolic"] = 88, ["pulse"] = 71 };
        await Create(BenchDevices.Cuff).MeasureAsync(values, CancellationToken.None);
        await Create(BenchDevices.Cuff with { Quirks = [DeviceQuirk.WrongUnit] }).MeasureAsync(values, CancellationToken.None);
        Assert.Equal([142, 0, 88, 0, 106, 0], Measured(0)[1..7]);
        Assert.Equal(Measured(0)[1..], Measured(1)[1..]);
        Assert.Equal(Measured(0)[0] | 0x01, Measured(1)[0]);
    }

    [Fact]
    public async Task Five_hundred_records_are_stored_with_their_contexts_and_told_oldest_first()
    {
        DeviceModel meter = Create(BenchDevices.Meter with { StoredRecords = 500, SendIntervalMilliseconds = 0 });
        ModelCharacteristic controlPoint = Listen(meter);
        Assert.Equal(0, (await meter.WriteAsync(controlPoint, new byte[] { 1, 1 })).Error);
        await Eventually.HoldsAsync(() => _host.Sent.Count == 1001, "all records, all contexts and the answer are sent");
        ushort[] numbers = [.. _host.Sent.Where(sent => sent.Characteristic == 0x2A18).Select(sent => Number(sent.Octets))];
        Assert.Equal(Enumerable.Range(1, 500).Select(number => (ushort)number), numbers);
        Assert.Equal(numbers, _host.Sent.Where(sent => sent.Characteristic == 0x2A34).Select(sent => Number(sent.Octets)));
        Assert.False(meter.HasNews);
    }

    [Fact]
    public async Task Records_are_counted_with_their_contexts_from_the_step_on_until_the_link_is_cut()
    {
        DeviceModel meter = Create(BenchDevices.Meter with { StoredRecords = 20, SendIntervalMilliseconds = 0 });
        ModelCharacteristic controlPoint = Listen(meter);
        await meter.WriteAsync(controlPoint, new byte[] { 1, 3, 1, 18, 0 });
        await Eventually.HoldsAsync(() => _host.Sent.Count == 7, "the last three records are sent");
        await meter.DoAsync(new ScriptStep { Do = ScriptAction.Disconnect, AfterRecord = 2 }, CancellationToken.None);
        await meter.WriteAsync(controlPoint, new byte[] { 1, 1 });
        await Eventually.HoldsAsync(() => _host.Disconnects == 1, "the link is cut");
        Assert.Equal([1, 1, 2, 2], _host.Sent.Skip(7).Select(sent => Number(sent.Octets)).ToArray());
        Assert.False(meter.HasNews, "The newest were told before.");
    }

    [Fact]
    public async Task A_device_that_falls_silent_keeps_the_link_and_tells_nothing_more_until_the_next()
    {
        DeviceModel meter = Create(BenchDevices.Meter with { StoredRecords = 5, SendIntervalMilliseconds = 0 });
        await meter.DoAsync(new ScriptStep { Do = ScriptAction.FallSilent, AfterRecord = 3 }, CancellationToken.None);
        ModelCharacteristic controlPoint = Listen(meter);
        await meter.WriteAsync(controlPoint, new byte[] { 1, 1 });
        await Eventually.HoldsAsync(() => _host.Sent.Count == 6, "three records are sent");
        Assert.Equal(0x80, (await meter.WriteAsync(controlPoint, new byte[] { 1, 1 })).Error);
        Assert.Equal((6, 0), (_host.Sent.Count, _host.Disconnects));
        meter.OnDisconnected();
        Listen(meter);
        await meter.WriteAsync(controlPoint, new byte[] { 1, 1 });
        await Eventually.HoldsAsync(() => _host.Sent.Count == 6 + 11, "all records and the answer are sent");
    }

    [Fact]
    public async Task What_was_sent_is_sent_again_or_twice_as_told()
    {
        DeviceModel cuff = Create(BenchDevices.Cuff with { Quirks = [DeviceQuirk.SendsTwice] });
        cuff.OnConnected();
        cuff.Subscribe(cuff.Characteristics[^1], true);
        await cuff.MeasureAsync(CancellationToken.None);
        await cuff.DoAsync(new ScriptStep { Do = ScriptAction.SendAgain }, CancellationToken.None);
        Assert.Equal(4, _host.Sent.Count);
        Assert.Single(_host.Sent.Select(sent => Convert.ToHexString(sent.Octets)).Distinct());
    }

    [Fact]
    public async Task A_characteristic_fails_as_often_as_told()
    {
        DeviceModel cuff = Create(BenchDevices.Cuff);
        ModelCharacteristic battery = cuff.Characteristics.Single(characteristic => characteristic.Uuid == 0x2A19);
        await cuff.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A19", Fault = CharacteristicFault.Refuse, AttError = 0x11, Operations = 2 }, default);
        foreach (byte error in new byte[] { 0x11, 0x11, 0 })
        {
            Assert.Equal(error, (await cuff.ReadAsync(battery)).Error);
        }

        await cuff.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2a19", Fault = CharacteristicFault.Slow, DelaySeconds = 7 }, default);
        Task<AttResult> slow = cuff.ReadAsync(battery);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(slow.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([80], (await slow.WaitAsync(Eventually.Deadline)).Octets);
    }

    [Fact]
    public async Task A_script_runs_by_its_times()
    {
        using var stop = new CancellationTokenSource();
        DeviceModel cuff = Create(BenchDevices.Cuff with
        {
            AdvertisesOnlyWithNews = true,
            Script =
            [
                new ScriptStep { At = ScriptTime.FromStart(TimeSpan.FromMinutes(10)), Do = ScriptAction.Measure, Count = 2 },
                new ScriptStep { Do = ScriptAction.SetClock, OffsetSeconds = 3600 },
                new ScriptStep { At = ScriptTime.Daily(TimeSpan.FromHours(7)), Do = ScriptAction.ForgetBonds },
                new ScriptStep { At = ScriptTime.Daily(TimeSpan.FromHours(7)), Do = ScriptAction.Sleep },
            ],
        });
        Task running = cuff.RunAsync(stop.Token);
        Assert.False(_host.IsAdvertising);
        await PassAsync(TimeSpan.FromMinutes(9), () => true);
        Assert.DoesNotContain(_events, told => told.Name == "measured");
        await PassAsync(TimeSpan.FromMinutes(1), () => Seen("script-set-clock"));
        Assert.Equal(2, _events.Count(told => told.Name == "measured"));
        Assert.True(_host.IsAdvertising);
        Assert.Equal(7, cuff.ReadClock().Hour);
        await PassAsync(TimeSpan.FromMinutes(50), () => Seen("script-forget-bonds"));
        Assert.Equal(1, _host.Forgotten);
        await PassAsync(TimeSpan.FromDays(1), () => !_host.IsAdvertising);
        await running.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task What_could_not_be_sent_behind_everybodys_back_is_told_and_the_next_request_goes_on()
    {
        DeviceModel meter = Create(BenchDevices.Meter with { SendIntervalMilliseconds = 0 });
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        meter.Failed += error => failed.TrySetResult(error);
        ModelCharacteristic controlPoint = Listen(meter);
        _host.SendError = new IOException("The line is cut.");
        await meter.WriteAsync(controlPoint, new byte[] { 1, 1 });
        Assert.Same(_host.SendError, await failed.Task.WaitAsync(Eventually.Deadline));
        _host.SendError = null;
        Assert.Equal(0, (await meter.WriteAsync(controlPoint, new byte[] { 4, 1 })).Error);
        await Eventually.HoldsAsync(() => _host.Sent.Count == 1, "the number of records is told");
    }

    [Fact]
    public async Task Records_can_not_be_asked_for_before_somebody_listens()
    {
        DeviceModel meter = Create(BenchDevices.Meter);
        meter.OnConnected();
        ModelCharacteristic controlPoint = meter.Characteristics.Single(characteristic => characteristic.Uuid == 0x2A52);
        Assert.Equal(0xFD, (await meter.WriteAsync(controlPoint, new byte[] { 1, 1 })).Error);
    }

    public void Dispose() => _model?.Dispose();

    private static ushort Number(byte[] octets) => BinaryPrimitives.ReadUInt16LittleEndian(octets.AsSpan(1));

    private byte[] Measured(int index)
    {
        lock (_events)
        {
            return _events.Where(told => told.Name == "measured").ElementAt(index).Octets!;
        }
    }

    private bool Seen(string name)
    {
        lock (_events)
        {
            return _events.Any(told => told.Name == name);
        }
    }

    private DeviceModel Create(DeviceFile file)
    {
        _model?.Dispose();
        _model = new DeviceModel(file, 1, _host, _time);
        _host.Model = _model;
        _model.Happened += told =>
        {
            lock (_events)
            {
                _events.Add(told);
            }
        };
        return _model;
    }

    /// <summary>A central connects and subscribes to everything; the control point.</summary>
    private static ModelCharacteristic Listen(DeviceModel meter)
    {
        meter.OnConnected();
        foreach (ModelCharacteristic characteristic in meter.Characteristics.Where(characteristic => characteristic.Service == 0x1808))
        {
            meter.Subscribe(characteristic, true);
        }

        return meter.Characteristics.Single(characteristic => characteristic.Uuid == 0x2A52);
    }

    /// <summary>Time passes; timers that are set by what it wakes may be set a moment later.</summary>
    private async Task PassAsync(TimeSpan by, Func<bool> until)
    {
        _time.Advance(by);
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.Zero);
                return until();
            },
            "the script goes on");
    }
}
