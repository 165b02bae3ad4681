using System.Buffers.Binary;
using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>What a device's model changes in a session and between sessions.</summary>
public sealed class DeviceTraitsTests
{
    private static readonly BluetoothUuid Thermometer = BluetoothUuid.Of(0x1809), CurrentTime = BluetoothUuid.Of(0x1805);

    private static readonly GattCharacteristic Temperature = new(Thermometer, BluetoothUuid.Of(0x2A1C), 10, GattProperties.Indicate);

    private static readonly GattCharacteristic Clock = new(CurrentTime, BluetoothUuid.Of(0x2A2B), 20, GattProperties.Read | GattProperties.Write);

    private static readonly GattCharacteristic ElapsedTime =
        new(BluetoothUuid.Of(0x183F), BluetoothUuid.Of(0x2BF2), 20, GattProperties.Read | GattProperties.Write | GattProperties.Indicate);

    [Fact]
    public void A_model_that_needs_time_is_not_connected_sooner_even_after_a_silence()
    {
        var schedule = new DeviceSchedule(new ReconnectLimits().AtLeast(TimeSpan.FromSeconds(40)));
        Assert.True(schedule.OnHeard(At(0), isRepaired: true));
        schedule.OnDone(At(5), values: 1);
        Assert.False(schedule.OnHeard(At(20), isRepaired: true));
        Assert.False(schedule.OnHeard(At(44), isRepaired: true));
        Assert.True(schedule.OnHeard(At(45), isRepaired: true));
    }

    [Fact]
    public void A_model_that_is_quicker_than_the_hub_changes_nothing() =>
        Assert.Equal(new ReconnectLimits(), new ReconnectLimits().AtLeast(TimeSpan.FromSeconds(2)).AtLeast(null));

    [Theory]
    [InlineData(ClockRule.WhenOff, 0, "subscribe,read")]
    [InlineData(ClockRule.WhenOff, 3600, "subscribe,read,write,read")]
    [InlineData(ClockRule.Never, 3600, "subscribe,read")]
    [InlineData(ClockRule.BeforeSending, 3600, "read,write,subscribe")]
    [InlineData(ClockRule.BeforeSending, 0, "read,write,subscribe")]
    public async Task A_clock_is_set_when_the_model_wants_it(ClockRule rule, int offSeconds, string expected) =>
        Assert.Equal(expected, await RunAsync(new DeviceTraits { Clock = rule }, offSeconds));

    [Theory]
    [InlineData(500, "subscribe,read")]
    [InlineData(700, "subscribe,read,write,read")]
    public async Task A_clock_may_be_off_as_far_as_the_model_bears(int offSeconds, string expected) =>
        Assert.Equal(expected, await RunAsync(new DeviceTraits { ClockTolerance = TimeSpan.FromMinutes(10) }, offSeconds));

    /// <summary>The hub does not know how to write it; Current Time's octets would set it to anything.</summary>
    [Theory]
    [InlineData(ClockRule.WhenOff)]
    [InlineData(ClockRule.BeforeSending)]
    public async Task A_clock_that_counts_is_compared_and_never_set(ClockRule rule) =>
        Assert.Equal("subscribe,read", await RunAsync(new DeviceTraits { Clock = rule }, 3600, clock: ElapsedTime));

    [Fact]
    public async Task A_hub_that_sets_no_clocks_sets_none_for_any_model() =>
        Assert.Equal("subscribe,read", await RunAsync(new DeviceTraits { Clock = ClockRule.BeforeSending }, 3600, setsClocks: false));

    [Fact]
    public void A_model_number_that_was_told_is_remembered()
    {
        var memory = new DeviceMemory { Descriptions = [new RememberedValue(0x180A, 0x2A24, [.. "UB-1100BLE\0"u8])] };
        Assert.Equal("UB-1100BLE", memory.Model);
        Assert.Null(DeviceMemory.Empty.Model);
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    private static async Task<string> RunAsync(DeviceTraits traits, int offSeconds, bool setsClocks = true, GattCharacteristic? clock = null)
    {
        var peripheral = new Peripheral(TimeSpan.FromSeconds(offSeconds), clock ?? Clock);
        Assert.True(PatientReference.TryParse("Patient/p1", out PatientReference? patient));
        var device = new RegisteredDevice { Address = peripheral.Address, Patient = patient!, PairedAt = SampleReadings.Start };
        var options = new PeripheralSourceOptions
        {
            SetsClocks = setsClocks,
            Traits = (_, _) => traits,
            Limits = new SessionLimits { FirstValue = TimeSpan.FromMilliseconds(20), Idle = TimeSpan.FromMilliseconds(20) },
        };
        var session = new PeripheralSession(peripheral, device, DeviceMemory.Empty, options, TimeProvider.System);
        await session.RunAsync("s", Take, CancellationToken.None);
        Assert.Equal(peripheral.Steps.Contains("write"), session.Report.HasSetClock);
        return string.Join(',', peripheral.Steps);
    }

    private static ValueTask Take(SourceItem item, CancellationToken cancellation)
    {
        item.Committed?.Invoke();
        return ValueTask.CompletedTask;
    }

    /// <summary>A thermometer with a clock, that sends nothing and notes what is done to it.</summary>
    private sealed class Peripheral(TimeSpan off, GattCharacteristic clock) : IPeripheral
    {
        private readonly Channel<CharacteristicValue> _values = Channel.CreateUnbounded<CharacteristicValue>();

        public List<string> Steps { get; } = [];

        public string Address => "C0:FF:EE:00:00:01";

        public bool IsBonded => true;

        public IReadOnlyList<GattCharacteristic> Characteristics => [Temperature, clock];

        public ConnectionTimes Times => default;

        public ChannelReader<CharacteristicValue> Values => _values.Reader;

        public Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation)
        {
            Steps.Add("read");
            DateTimeOffset shown = TimeProvider.System.GetLocalNow() - off;
            if (clock == ElapsedTime)
            {
                // Local time on the current timeline, in seconds since 2000.
                byte[] elapsed = [0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
                BinaryPrimitives.WriteUInt32LittleEndian(elapsed.AsSpan(1), (uint)(shown.DateTime - new DateTime(2000, 1, 1)).TotalSeconds);
                return Task.FromResult(elapsed);
            }

            byte[] octets =
            [
                (byte)shown.Year, (byte)(shown.Year >> 8), (byte)shown.Month, (byte)shown.Day, (byte)shown.Hour, (byte)shown.Minute, (byte)shown.Second,
                (byte)(shown.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)shown.DayOfWeek), 0, 0,
            ];
            return Task.FromResult(octets);
        }

        public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
        {
            Steps.Add("write");
            return Task.CompletedTask;
        }

        public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
        {
            Steps.Add("subscribe");
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
