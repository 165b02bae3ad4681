using HomeHub.Core.Buffering;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Who uses a device while it is connected. A person may give it to another, or take it away, in the middle: what it tells from then on must not be the former
/// user's. For one connection, one payload after the other.
/// </summary>
/// <param name="device">The device as it was when it was connected.</param>
/// <param name="registry">Where it is noted.</param>
/// <param name="time">The clock.</param>
internal sealed class CurrentUsers(RegisteredDevice device, IDeviceRegistry registry, TimeProvider time)
{
    private DeviceUsers _users = device.Users;
    private long _knownAt = time.GetTimestamp();

    /// <summary>Its users, as they were <see cref="PeripheralSource.RegistryAge"/> ago at most; nobody, once the device is forgotten.</summary>
    public async ValueTask<DeviceUsers> GetAsync(CancellationToken cancellation)
    {
        if (time.GetElapsedTime(_knownAt) < PeripheralSource.RegistryAge)
        {
            return _users;
        }

        try
        {
            RegisteredDevice? now = await registry.FindAsync(device.Address, cancellation).ConfigureAwait(false);
            (_users, _knownAt) = (now?.Users ?? new DeviceUsers(null, device.PairedAt, UserSlots.None), time.GetTimestamp());
        }
        catch (BufferException)
        {
            // Asked again with the next payload. Whoever could not note a change has been told that nothing changed.
        }

        return _users;
    }
}
