using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.Battery;

namespace HomeHub.Core.Sessions;

/// <summary>Hands what a connection tells to the source's reader, with all that is known of device and owner, and knows when it is on disk.</summary>
/// <param name="name">Name of the connection.</param>
/// <param name="device">The device.</param>
/// <param name="descriptor">The device as the connection knows it.</param>
/// <param name="give">Takes an item, waiting while there is no room.</param>
internal sealed class SessionSink(string name, RegisteredDevice device, DeviceDescriptor descriptor, Func<SourceItem, CancellationToken, ValueTask> give)
{
    private readonly TaskCompletionSource _allSafe = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _given, _safe;
    private volatile bool _isClosed;

    /// <summary>Whether all that was given so far is on disk.</summary>
    public bool IsAllSafe => Interlocked.Read(ref _safe) >= Interlocked.Read(ref _given);

    /// <summary>
    /// True from when stored records are asked for until all were told; when the link goes on the way, for good: what waits then may have been stored.
    /// </summary>
    public bool IsTransferring { get; set; }

    /// <summary>The lowest battery level that was told, in per cent; null: none was.</summary>
    public int? BatteryPercent { get; private set; }

    /// <summary>Gives a value on.</summary>
    public ValueTask GiveAsync(
        GattCharacteristic characteristic, byte[] octets, DateTimeOffset receivedAt, TimeSpan? monotonic, Action? safe, CancellationToken cancellation) =>
        GiveAsync(new IncomingPayload(characteristic.Service, characteristic.Uuid, octets, receivedAt) { Monotonic = monotonic }, safe, cancellation);

    /// <summary>Gives on a record that the device tells in each connection.</summary>
    public ValueTask GiveToldAgainAsync(CharacteristicValue value)
    {
        var payload = new IncomingPayload(value.Characteristic.Service, value.Characteristic.Uuid, value.Octets, value.ReceivedAt) { Monotonic = value.Monotonic, IsToldAgain = true };
        return GiveAsync(payload, null, CancellationToken.None);
    }

    /// <summary>Gives a payload on.</summary>
    public ValueTask GiveAsync(IncomingPayload incoming, Action? safe, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _given);
        if (incoming.Characteristic == BatteryProfile.LevelUuid && incoming.Octets.Span is [<= BatteryProfile.MaxLevelPercent and var percent])
        {
            BatteryPercent = Math.Min(percent, BatteryPercent ?? percent);
        }

        var payload = new DevicePayload(name, device.Patient ?? PatientReference.Nobody, descriptor, null, incoming)
        {
            PairedAt = device.PairedAt,
            Users = device.Users,
            IsRequested = IsTransferring,
        };
        return give(new SourceItem(payload, null, 0) { Committed = () => OnSafe(safe) }, cancellation);
    }

    /// <summary>Completes when all that was given is on disk. Nothing may be given after this.</summary>
    public Task WaitSafeAsync()
    {
        _isClosed = true;
        Look();
        return _allSafe.Task;
    }

    private void OnSafe(Action? safe)
    {
        safe?.Invoke();
        Interlocked.Increment(ref _safe);
        Look();
    }

    private void Look()
    {
        if (_isClosed && IsAllSafe)
        {
            _allSafe.TrySetResult();
        }
    }
}
