using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Sessions;

public sealed class GattOperationsTests
{
    private static readonly SessionLimits Limits = new();
    private static readonly GattCharacteristic Any = new(BluetoothUuid.Of(0x1810), BluetoothUuid.Of(0x2A49), 2, GattProperties.Read);

    private readonly ManualTime _time = new(SampleReadings.Start);

    [Fact]
    public async Task A_busy_system_is_asked_again_after_longer_and_longer_waits_and_at_last_left()
    {
        int tries = 0;
        Task<byte[]?> reading = Operations(_ =>
        {
            Interlocked.Increment(ref tries);
            throw new PeripheralException(PeripheralFault.InProgress, "busy");
        }).TryReadAsync(Any, default);
        foreach ((int wait, int expected) in new[] { (100, 2), (200, 3), (400, 4) })
        {
            await Eventually.HoldsAsync(() => _time.UntilNext == TimeSpan.FromMilliseconds(wait), "the wait has begun");
            Assert.Equal(expected - 1, Volatile.Read(ref tries));
            _time.Advance(TimeSpan.FromMilliseconds(wait));
            await Eventually.HoldsAsync(() => Volatile.Read(ref tries) == expected, "the next try");
        }

        Assert.Equal(PeripheralFault.InProgress, (await Assert.ThrowsAsync<PeripheralException>(() => reading)).Fault);
        Assert.Equal(Limits.OperationTries, tries);
    }

    [Fact]
    public async Task A_system_that_is_busy_once_is_no_fault()
    {
        int tries = 0;
        Task<byte[]?> reading = Operations(_ => ++tries == 1 ? throw new PeripheralException(PeripheralFault.InProgress, "busy") : Task.FromResult<byte[]>([7]))
            .TryReadAsync(Any, default);
        _time.Advance(Limits.OperationBackoff);
        Assert.Equal([7], await reading.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task What_is_not_permitted_is_done_without() =>
        Assert.Null(await Operations(_ => throw new PeripheralException(PeripheralFault.NotPermitted, "no")).TryReadAsync(Any, default));

    [Theory]
    [InlineData(PeripheralFault.InsufficientSecurity)]
    [InlineData(PeripheralFault.Disconnected)]
    [InlineData(PeripheralFault.StaleServices)]
    [InlineData(PeripheralFault.BondLost)]
    public async Task Other_faults_are_told_at_the_first_try(PeripheralFault fault)
    {
        int tries = 0;
        GattOperations operations = Operations(_ =>
        {
            tries++;
            throw new PeripheralException(fault, "no");
        });
        Assert.Equal(fault, (await Assert.ThrowsAsync<PeripheralException>(() => operations.TryReadAsync(Any, default))).Fault);
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_device_that_hangs_is_left_at_the_limit()
    {
        Task<byte[]?> reading = Operations(HangAsync).TryReadAsync(Any, default);
        _time.Advance(Limits.Operation - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => reading.WaitAsync(Eventually.Deadline));
        Assert.Equal(PeripheralFault.TimedOut, error.Fault);
        Assert.Contains("2A49", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_hub_is_no_fault_of_the_device()
    {
        using var stop = new CancellationTokenSource();
        Task<byte[]?> reading = Operations(HangAsync).TryReadAsync(Any, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<byte[]> HangAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return [];
    }

    private GattOperations Operations(Func<CancellationToken, Task<byte[]>> read) => new(new ScriptedPeripheral(read), Limits, _time);

    private sealed class ScriptedPeripheral(Func<CancellationToken, Task<byte[]>> read) : IPeripheral
    {
        public string Address => "C0:FF:EE:00:00:01";

        public bool IsBonded => false;

        public IReadOnlyList<GattCharacteristic> Characteristics => [];

        public ConnectionTimes Times => default;

        public ChannelReader<CharacteristicValue> Values { get; } = Channel.CreateUnbounded<CharacteristicValue>().Reader;

        public Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation) => read(cancellation);

        public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation) => read(cancellation);

        public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation) => read(cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
