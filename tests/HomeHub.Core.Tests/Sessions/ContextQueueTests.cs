using HomeHub.Profiles;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

public sealed class ContextQueueTests
{
    private readonly ContextQueue _queue = new();

    [Fact]
    public void A_context_after_its_measurement_goes_on_at_once()
    {
        Assert.Equal(["18:1"], Take(0x2A18, 1));
        Assert.Equal(["34:1"], Take(0x2A34, 1));
    }

    [Fact]
    public void A_context_before_its_measurement_waits_for_it_and_for_no_other()
    {
        Assert.Empty(Take(0x2A34, 2));
        Assert.Equal(["18:1"], Take(0x2A18, 1));
        Assert.Equal(["18:2", "34:2"], Take(0x2A18, 2));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Two_contexts_of_one_measurement_keep_their_order()
    {
        Take(0x2A34, 2, 7);
        Take(0x2A34, 2, 8);
        IReadOnlyList<CharacteristicValue> given = _queue.Take(Value(0x2A18, 2, 0), default);
        Assert.Equal([0, 7, 8], given.Select(value => (int)value.Octets[3]));
    }

    [Fact]
    public void A_context_whose_measurement_does_not_come_goes_on_alone_after_a_while()
    {
        Take(0x2A34, 2);
        Assert.Empty(_queue.TakeLate(ContextQueue.WaitLimit - TimeSpan.FromTicks(1)));
        Assert.Equal(["34:2"], Names(_queue.TakeLate(ContextQueue.WaitLimit)));
        Assert.Empty(_queue.TakeLate(ContextQueue.WaitLimit));
    }

    [Fact]
    public void What_waits_is_given_on_at_the_end_oldest_first()
    {
        Take(0x2A34, 3);
        Take(0x2A34, 2);
        Assert.Equal(["34:3", "34:2"], Names(_queue.TakeAll()));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void No_more_wait_than_the_limit()
    {
        for (int i = 0; i < ContextQueue.MaxWaiting; i++)
        {
            Assert.Empty(Take(0x2A34, (ushort)i));
        }

        Assert.Equal(["34:0"], Take(0x2A34, ushort.MaxValue));
        Assert.Equal(ContextQueue.MaxWaiting, _queue.Count);
    }

    [Theory]
    [InlineData(0x2A35)]
    [InlineData(0x2AA7)]
    public void Other_values_never_wait(int characteristic) => Assert.Single(Take((ushort)characteristic, 1));

    [Fact]
    public void What_is_too_short_to_have_a_number_is_given_on_and_found_wrong_there() =>
        Assert.Single(_queue.Take(Value(0x2A34, 1, 0) with { Octets = [0, 1] }, default));

    private string[] Take(ushort characteristic, ushort number, byte last = 0) => Names(_queue.Take(Value(characteristic, number, last), default));

    private static string[] Names(IEnumerable<CharacteristicValue> values) =>
        [.. values.Select(value => $"{value.Characteristic.Uuid.Short & 0xFF:X2}:{value.Octets[1] | (value.Octets[2] << 8)}")];

    private static CharacteristicValue Value(ushort characteristic, ushort number, byte last) => new(
        new GattCharacteristic(BluetoothUuid.Of(0x1808), BluetoothUuid.Of(characteristic), characteristic, GattProperties.Notify),
        [0, (byte)number, (byte)(number >> 8), last],
        SampleReadings.Start);
}
