using System.Collections.Concurrent;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;

namespace HomeHub.Testing.Peripherals;

/// <summary>A double of the registry. Several may share what is kept, as processes share a file.</summary>
public sealed class InMemoryDeviceRegistry : IDeviceRegistry
{
    private readonly ConcurrentDictionary<string, (RegisteredDevice Device, DeviceMemory Memory)> _kept;
    private readonly Lock _gate;

    /// <summary>A new, empty one.</summary>
    public InMemoryDeviceRegistry() => (_kept, _gate) = (new(), new());

    /// <summary>Another one over what <paramref name="other"/> keeps.</summary>
    public InMemoryDeviceRegistry(InMemoryDeviceRegistry other) => (_kept, _gate) = (other._kept, other._gate);

    /// <summary>What each member throws from now on; null: nothing.</summary>
    public Exception? Fault { get; set; }

    public Task<RegisteredDevice?> FindAsync(string address, CancellationToken cancellation) =>
        RunAsync(() => _kept.TryGetValue(address, out var found) ? found.Device : null);

    public Task<IReadOnlyList<RegisteredDevice>> ListAsync(CancellationToken cancellation) =>
        RunAsync<IReadOnlyList<RegisteredDevice>>(() => [.. _kept.Values.Select(kept => kept.Device).OrderBy(device => device.Address, StringComparer.Ordinal)]);

    public Task SaveAsync(RegisteredDevice device, CancellationToken cancellation) => RunAsync(() =>
    {
        _kept.TryGetValue(device.Address, out var before);
        RegisteredDevice kept = device with
        {
            LastSessionAt = before.Device?.LastSessionAt, Trouble = null, PairedAt = Milliseconds(device.PairedAt), ToldAllAt = before.Device?.ToldAllAt,
            ExpectedEvery = before.Device?.ExpectedEvery, LastValueAt = before.Device?.LastValueAt, BatteryPercent = before.Device?.BatteryPercent,
            Clock = before.Device?.Clock,
        };
        _kept[device.Address] = (kept, before.Memory ?? DeviceMemory.Empty);
        return true;
    });

    public Task<bool> RemoveAsync(string address, CancellationToken cancellation) => RunAsync(() => _kept.TryRemove(address, out _));

    public Task<bool> AssignAsync(string address, byte? userIndex, PatientReference patient, DateTimeOffset at, CancellationToken cancellation) => RunAsync(() =>
    {
        bool isThere = _kept.TryGetValue(address, out var found);
        if (isThere && userIndex is { } index)
        {
            _kept[address] = (found.Device with { Patient = null, AssignedAt = null, Slots = found.Device.Slots.With(index, patient, Milliseconds(at)) }, found.Memory);
        }
        else if (isThere && found.Device.Patient != patient)
        {
            _kept[address] = (found.Device with { Patient = patient, AssignedAt = Milliseconds(at), Slots = UserSlots.None }, found.Memory);
        }

        return isThere;
    });

    public Task<bool> UnassignAsync(string address, byte? userIndex, CancellationToken cancellation) => RunAsync(() =>
    {
        _kept.TryGetValue(address, out var found);
        if (userIndex is { } index && found.Device?.Slots.Find(index) is { } slot)
        {
            _kept[address] = (found.Device with { Slots = UserSlots.Of(found.Device.Slots.Where(other => other != slot)) }, found.Memory);
            return true;
        }

        if (userIndex is not null || found.Device?.Patient is null)
        {
            return false;
        }

        _kept[address] = (found.Device with { Patient = null, AssignedAt = null }, found.Memory);
        return true;
    });

    public Task<bool> ExpectAsync(string address, TimeSpan? every, CancellationToken cancellation) => RunAsync(() =>
    {
        bool isThere = _kept.TryGetValue(address, out var found);
        if (isThere)
        {
            _kept[address] = (found.Device with { ExpectedEvery = every }, found.Memory);
        }

        return isThere;
    });

    public Task NoteSessionAsync(string address, DeviceSessionNote note, CancellationToken cancellation) => RunAsync(() =>
    {
        if (_kept.TryGetValue(address, out var found))
        {
            DeviceTrouble? trouble = note.Trouble is { } told
                ? told with { Since = found.Device.Trouble is { } known && known.Fault == told.Fault ? known.Since : Milliseconds(told.Since) }
                : null;
            RegisteredDevice noted = found.Device with
            {
                LastSessionAt = Milliseconds(note.At) ?? found.Device.LastSessionAt, Trouble = trouble, ToldAllAt = Milliseconds(note.ToldAllAt) ?? found.Device.ToldAllAt,
                LastValueAt = Milliseconds(note.ValueAt) ?? found.Device.LastValueAt, BatteryPercent = note.BatteryPercent ?? found.Device.BatteryPercent,
                Clock = note.Clock is { } clock ? clock with { At = Milliseconds(clock.At) } : found.Device.Clock,
            };
            _kept[address] = (noted, found.Memory);
        }

        return true;
    });

    public Task NoteValueAsync(string address, DateTimeOffset at, CancellationToken cancellation) => RunAsync(() =>
    {
        if (_kept.TryGetValue(address, out var found) && !(found.Device.LastValueAt >= at))
        {
            _kept[address] = (found.Device with { LastValueAt = Milliseconds(at) }, found.Memory);
        }

        return true;
    });

    public Task<DeviceMemory> GetMemoryAsync(string address, CancellationToken cancellation) =>
        RunAsync(() => _kept.TryGetValue(address, out var found) ? found.Memory : DeviceMemory.Empty);

    public Task SetMemoryAsync(string address, DeviceMemory memory, CancellationToken cancellation) => RunAsync(() =>
    {
        if (_kept.TryGetValue(address, out var found))
        {
            _kept[address] = (found.Device, memory with { Marks = [.. memory.Marks.OrderBy(mark => mark.Service)] });
        }

        return true;
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static DateTimeOffset Milliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static DateTimeOffset? Milliseconds(DateTimeOffset? at) => at is { } time ? Milliseconds(time) : null;

    private Task<T> RunAsync<T>(Func<T> run)
    {
        lock (_gate)
        {
            return Fault is { } fault ? Task.FromException<T>(fault) : Task.FromResult(run());
        }
    }
}
