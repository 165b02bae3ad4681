using HomeHub.Core.Identity;

namespace HomeHub.Core.Peripherals;

/// <summary>
/// Port: the devices that a nurse has set up, durable, asked for by several processes at a time (the hub that runs, commands beside it).
/// Each member sees what others have saved before it was called.
/// </summary>
public interface IDeviceRegistry : IAsyncDisposable
{
    /// <summary>A device by its address, upper case; null when nobody has set it up.</summary>
    Task<RegisteredDevice?> FindAsync(string address, CancellationToken cancellation);

    /// <summary>All devices, by address.</summary>
    Task<IReadOnlyList<RegisteredDevice>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds a device. One that is there gets the new users and bond and keeps what it knows of records and firmware.</summary>
    Task SaveAsync(RegisteredDevice device, CancellationToken cancellation);

    /// <summary>Removes a device with all that is known of it; false when it was not there. Idempotent.</summary>
    Task<bool> RemoveAsync(string address, CancellationToken cancellation);

    /// <summary>
    /// Makes a device, or one user slot of it, a person's. A slot takes the place of the one owner; an owner takes that of all slots. Whose it is already
    /// keeps it since when it was.
    /// </summary>
    /// <param name="address">The device.</param>
    /// <param name="userIndex">The slot, 0 to 254; null for the whole device.</param>
    /// <param name="patient">The person.</param>
    /// <param name="at">Since when.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    /// <returns>False when the device is not there.</returns>
    Task<bool> AssignAsync(string address, byte? userIndex, PatientReference patient, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Makes a slot, or (with null) the owner's device, nobody's; false when it was nobody's, or the device is not there.</summary>
    Task<bool> UnassignAsync(string address, byte? userIndex, CancellationToken cancellation);

    /// <summary>Notes what a connection came to. A device that is not there is passed over: it was removed meanwhile.</summary>
    Task NoteSessionAsync(string address, DeviceSessionNote note, CancellationToken cancellation);

    /// <summary>
    /// Notes when a device told a measurement that waited until the hub knew its time; an older one than what is noted changes nothing. A device that is not
    /// there is passed over.
    /// </summary>
    Task NoteValueAsync(string address, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Notes how often a measurement of a device is expected, in whole seconds; null: no more. False when the device is not there.</summary>
    Task<bool> ExpectAsync(string address, TimeSpan? every, CancellationToken cancellation);

    /// <summary>What is remembered between connections; <see cref="DeviceMemory.Empty"/> for a device without.</summary>
    Task<DeviceMemory> GetMemoryAsync(string address, CancellationToken cancellation);

    /// <summary>Replaces what is remembered. A device that is not there is passed over.</summary>
    Task SetMemoryAsync(string address, DeviceMemory memory, CancellationToken cancellation);
}
