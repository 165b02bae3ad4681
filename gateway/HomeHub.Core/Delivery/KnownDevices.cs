using HomeHub.Core.Buffering;
using HomeHub.Core.Liveness;

namespace HomeHub.Core.Delivery;

/// <summary>The Devices that a recipient's relay has, with what it knows of each: what the buffer noted, remembered here.</summary>
internal sealed class KnownDevices(Recipient recipient, IReadingBuffer buffer, DiskWait disk)
{
    private readonly Dictionary<Guid, string> _known = [];

    /// <summary>Whether the relay has the Device as it is now.</summary>
    public async ValueTask<bool> HasAsync(DeviceEntry device, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(device.Id, out string? known))
        {
            known = await buffer.GetKnownDeviceAsync(recipient, device.Id, cancellation).ConfigureAwait(false);
            if (known is not null)
            {
                _known[device.Id] = known;
            }
        }

        return known == device.ContentHash;
    }

    /// <summary>Notes Devices that the relay has now.</summary>
    public async Task NoteAsync(IReadOnlyList<DeviceEntry> devices, CancellationToken cancellation)
    {
        foreach (DeviceEntry device in devices)
        {
            if (_known.GetValueOrDefault(device.Id) != device.ContentHash)
            {
                await disk.RunAsync(() => buffer.SetKnownDeviceAsync(recipient, device.Id, device.ContentHash, cancellation), cancellation).ConfigureAwait(false);
                _known[device.Id] = device.ContentHash;
            }
        }
    }

    /// <summary>The relay misses something: what it was thought to have it has not.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        foreach (Guid device in _known.Keys)
        {
            await disk.RunAsync(() => buffer.SetKnownDeviceAsync(recipient, device, null, cancellation), cancellation).ConfigureAwait(false);
        }

        _known.Clear();
    }
}
