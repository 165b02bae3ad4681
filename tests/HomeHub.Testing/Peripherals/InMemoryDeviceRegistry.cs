using System.Collections.Concurrent;
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
        RegisteredDevice kept = device with { LastSessionAt = before.Device?.LastSessionAt, Trouble = null, PairedAt = Milliseconds(device.PairedAt) };
        _kept[device.Address] = (kept, before.Memory ?? DeviceMemory.Empty);
        return true;
    });

    public Task<bool> RemoveAsync(string address, CancellationToken cancellation) => RunAsync(() => _kept.TryRemove(address, out _));

    public Task NoteSessionAsync(string address, DeviceSessionNote note, CancellationToken cancellation) => RunAsync(() =>
    {
        if (_kept.TryGetValue(address, out var found))
        {
            DeviceTrouble? trouble = note.Trouble is { } told
                ? told with { Since = found.Device.Trouble is { } known && known.Fault == told.Fault ? known.Since : Milliseconds(told.Since) }
                : null;
            _kept[address] = (found.Device with { LastSessionAt = Milliseconds(note.At), Trouble = trouble }, found.Memory);
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

    private Task<T> RunAsync<T>(Func<T> run)
    {
        lock (_gate)
        {
            return Fault is { } fault ? Task.FromException<T>(fault) : Task.FromResult(run());
        }
    }
}
