using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Liveness;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Telemetry;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Liveness;

/// <summary>The pulse of listening: neither a place where nobody advertises nor a full buffer is a stall.</summary>
public sealed class ListeningPulseTests : IAsyncLifetime, IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly HubMetrics _metrics = new();
    private readonly Ether _ether = new();
    private readonly InMemoryDeviceRegistry _registry = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly LoopPulse _pulse;
    private readonly IAsyncEnumerator<SourceItem> _items;

    public ListeningPulseTests()
    {
        _pulse = new HubLiveness(_time).AddResting("devices", PeripheralSource.TurnLimit);
        var options = new PeripheralSourceOptions { MaxWaitingPayloads = 1, Traits = (_, _) => new DeviceTraits { TellsInAdvertisements = true } };
        _items = new PeripheralSource(_ether, _registry, options, _time, _metrics, NullLogger<PeripheralSource>.Instance, _pulse).ReadAsync(_stop.Token).GetAsyncEnumerator();
    }

    public Task InitializeAsync() => _registry.SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start, Bond = BondSecurity.Unknown }, default);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _stop.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task Where_nobody_advertises_there_is_nothing_to_do()
    {
        Task<bool> next = _items.MoveNextAsync().AsTask();
        await LastsAsync();
        await EndAsync(next);
    }

    [Fact]
    public async Task While_a_full_buffer_leaves_no_room_it_rests_and_then_goes_on()
    {
        Task<bool> next = _items.MoveNextAsync().AsTask();
        _ether.Tell((0x181B, "0224B20705040F020100008642"));
        // Three at once, of which one is taken and one may wait.
        _ether.Tell((0x181B, "00"), (0x181D, "00"));
        Assert.True(await next.WaitAsync(Eventually.Deadline));
        await Eventually.HoldsAsync(() => _ether.Heard == 2, "both were heard");
        await LastsAsync();
        for (int i = 0; i < 2; i++)
        {
            _items.Current.Committed?.Invoke();
            Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline));
        }

        _items.Current.Committed?.Invoke();
        _ether.Tell((0x181D, "01"));
        await Eventually.HoldsAsync(() => _ether.Heard == 3, "it listens again");
        await LastsAsync();
        Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline));
        await EndAsync(_items.MoveNextAsync().AsTask());
    }

    private async Task LastsAsync()
    {
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
                return _pulse.Look().Silent == TimeSpan.Zero;
            },
            "it rests");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(_pulse.Look().HasStalled);
    }

    private async Task EndAsync(Task<bool> next)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Eventually.Deadline));
        await _items.DisposeAsync();
    }

    /// <summary>A double of the radio: hears what a test tells.</summary>
    private sealed class Ether : ICentral
    {
        private readonly Channel<Advertisement> _heard = Channel.CreateUnbounded<Advertisement>();
        private int _heardCount;

        public event Action<CentralState>? StateChanged
        {
            add { }
            remove { }
        }

        public CentralState State { get; } = new(CentralCondition.Ready);

        /// <summary>How many advertisements were given on.</summary>
        public int Heard => Volatile.Read(ref _heardCount);

        public void Tell(params (ushort Service, string Octets)[] data) => _heard.Writer.TryWrite(new Advertisement
        {
            Address = Address,
            AddressType = AddressType.Random,
            ReceivedAt = SampleReadings.Start,
            ServiceData = data.ToDictionary(one => (BluetoothUuid)one.Service, one => Convert.FromHexString(one.Octets)),
        });

        public async IAsyncEnumerable<Advertisement> ScanAsync(ScanFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            while (true)
            {
                Advertisement next = await _heard.Reader.ReadAsync(cancellation);
                Interlocked.Increment(ref _heardCount);
                yield return next;
            }
        }

        public Task WaitReadyAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task ProbeAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task<IPeripheral> ConnectAsync(string address, AddressType addressType, TimeSpan limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<NewBond> PairAsync(PairingRequest request, CancellationToken cancellation) => throw new NotSupportedException();

        public Task ForgetAsync(string address, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<BondedPeripheral>> ListBondedAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
