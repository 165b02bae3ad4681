using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.Streams;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Acquisition;

public sealed class StreamAccumulatorTests
{
    private readonly StreamAccumulator _streams = new();

    [Fact]
    public void A_minute_ends_with_the_first_value_after_it()
    {
        for (int second = 0; second < 60; second++)
        {
            Assert.Null(Take(second));
        }

        ClosedMinute minute = Take(60)!;
        Assert.Equal(SampleReadings.Start.AddSeconds(59), minute.ReceivedAt);
        var rate = (NumericValue)Decode(minute).Values[0];
        Assert.Equal(TimeSpan.FromSeconds(59), rate.Duration);
        Assert.Equal(new NumericRange(60, 119), rate.Range);
        Assert.Equal([[60, 60]], Rates(_streams.TakeAll()));
    }

    [Fact]
    public void A_cut_connection_ends_the_minute()
    {
        Take(0);
        Take(1);
        Assert.Equal([[60, 61]], Rates(_streams.TakeAll()));
        Assert.Empty(_streams.TakeAll());
    }

    [Fact]
    public void A_stream_that_falls_silent_ends_its_minute()
    {
        Take(0);
        Assert.Empty(_streams.TakeDue(At(59)));
        Assert.Single(_streams.TakeDue(At(60)));
        Assert.Empty(_streams.TakeDue(At(120)));
    }

    [Fact]
    public void A_minute_that_holds_no_more_ends_early_and_loses_nothing()
    {
        byte[] octets = [0x10, 70, .. Enumerable.Range(0, 200).Select(_ => (byte)1)];
        List<ClosedMinute> minutes = [];
        for (int i = 0; i < 50; i++)
        {
            Assert.True(_streams.TryTake(Value(0x2A37, octets, i), At(i), out ClosedMinute? ended));
            minutes.AddRange(ended is null ? [] : [ended]);
        }

        minutes.AddRange(_streams.TakeAll());
        Assert.True(minutes.Count > 1);
        Assert.All(minutes, minute => Assert.InRange(minute.Octets.Length, 1, StreamMinute.MaxOctets));
        Assert.Equal(50, minutes.Sum(minute => (minute.Octets.Length - StreamMinute.HeadOctets) / (octets.Length + 1)));
    }

    [Fact]
    public void Streams_of_a_device_are_kept_apart()
    {
        Take(0);
        Assert.True(_streams.TryTake(Value(0x2A5F, [0, 97, 0, 72, 0], 1), At(1), out _));
        Assert.Equal([0x2A37, 0x2A5F], _streams.TakeAll().Select(minute => (int)minute.Characteristic.Uuid.Short!.Value).Order());
    }

    [Theory]
    [InlineData(0x2A35, "00780050005D00")]
    [InlineData(0x2A36, "00D7F000000000")]
    [InlineData(0x2A5E, "0061004800")]
    [InlineData(0x2A37, "0148")]
    [InlineData(0x2A37, "")]
    public void What_is_no_stream_or_not_understood_is_not_gathered(int characteristic, string hex) =>
        Assert.False(_streams.TryTake(Value((ushort)characteristic, Convert.FromHexString(hex), 0), At(0), out _));

    [Fact]
    public void No_more_streams_than_the_limit_are_gathered()
    {
        for (ushort handle = 0; handle < StreamAccumulator.MaxStreams; handle++)
        {
            Assert.True(_streams.TryTake(Value(0x2A37, [0, 60], 0, handle), At(0), out _));
        }

        Assert.False(_streams.TryTake(Value(0x2A37, [0, 60], 0, 999), At(0), out _));
    }

    private ClosedMinute? Take(int second)
    {
        Assert.True(_streams.TryTake(Value(0x2A37, [0, (byte)(60 + (second % 60))], second), At(second), out ClosedMinute? ended));
        return ended;
    }

    private static decimal[][] Rates(IEnumerable<ClosedMinute> minutes) => [.. minutes.Select(minute =>
    {
        var rate = (NumericValue)Decode(minute).Values[0];
        return rate.Range is { } range ? new[] { range.Lowest, range.Highest } : [rate.Value.Number, rate.Value.Number];
    })];

    private static Reading Decode(ClosedMinute minute) => Assert.Single(
        ProfileRegistry.Decode(minute.Characteristic.Uuid.Short!.Value, minute.Octets, new SessionContext { IsMinute = true }).Readings);

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);

    private static CharacteristicValue Value(ushort characteristic, byte[] octets, int second, ushort handle = 2) => new(
        new GattCharacteristic(BluetoothUuid.Of(0x180D), BluetoothUuid.Of(characteristic), handle, GattProperties.Notify),
        octets,
        SampleReadings.Start.AddSeconds(second));
}
