using HomeHub.Core.Peripherals;
using HomeHub.DBus;

namespace HomeHub.BlueZ;

/// <summary>
/// An adapter while it is ready. It ends for good when adapter, service or bus go, and all that was under way on it ends with
/// <see cref="PeripheralFault.NoRadio"/>; when they are back there is a new one.
/// </summary>
internal sealed class Radio(BlueZBus bus, string adapterPath, string adapterAddress, TimeSpan callLimit, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    public ObjectCache Objects => bus.Objects;

    public BlueZBus Bus => bus;

    public string AdapterPath { get; } = adapterPath;

    public string AdapterAddress { get; } = adapterAddress;

    /// <summary>Cancelled when it is no more.</summary>
    public CancellationToken Gone => _gone.Token;

    public TimeProvider Time => time;

    /// <summary>
    /// The object of a peripheral, also where there is none yet. BlueZ keeps the object of a peripheral that told its identity while it was paired under the
    /// address that it had before.
    /// </summary>
    public string DevicePath(string address)
    {
        string usual = BlueZNames.DevicePath(AdapterPath, address);
        return Objects.Find(usual, BlueZNames.Device) is not null
            ? usual
            : Objects.All(BlueZNames.Device)
                .Where(device => device.Path.StartsWith(AdapterPath + "/", StringComparison.Ordinal)
                    && string.Equals(device.Properties.GetValueOrDefault("Address") as string, address, StringComparison.OrdinalIgnoreCase))
                .Select(device => device.Path)
                .FirstOrDefault(usual);
    }

    /// <summary>True when the link to a peripheral is there.</summary>
    public bool IsConnected(string path) => Objects.Get<bool>(path, BlueZNames.Device, "Connected");

    /// <summary>True when the adapter holds a bond with the peripheral. BlueZ before 5.65 tells only Paired.</summary>
    public bool IsBonded(string path) =>
        Objects.Get<bool>(path, BlueZNames.Device, "Paired") || Objects.Get<bool>(path, BlueZNames.Device, "Bonded");

    /// <summary>Calls BlueZ.</summary>
    /// <exception cref="PeripheralException">What went wrong.</exception>
    public async Task<object[]> CallAsync(
        string path, string @interface, string member, string doing, CancellationToken cancellation, TimeSpan? limit = null, string signature = "",
        params IReadOnlyList<object> arguments)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Gone);
        try
        {
            return await bus.Connection
                .CallAsync(BlueZNames.Service, path, @interface, member, signature, arguments, limit ?? callLimit, both.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw NoRadio(doing);
        }
        catch (DBusException error)
        {
            throw Gone.IsCancellationRequested ? NoRadio(doing, error) : BlueZFaults.Map(error, doing);
        }
    }

    /// <summary>Sets a property.</summary>
    public Task SetAsync(string path, string @interface, string property, object value, string doing, CancellationToken cancellation) =>
        CallAsync(path, BlueZNames.Properties, "Set", doing, cancellation, null, "ssv", @interface, property, value);

    /// <summary>The fault of whatever is under way when the radio goes.</summary>
    public static PeripheralException NoRadio(string doing, Exception? cause = null) =>
        new(PeripheralFault.NoRadio, $"{doing}: the hub's Bluetooth went away.", cause);

    /// <summary>
    /// Completes with the first change for which <paramref name="until"/> gives something; it is asked with null at once, for how things are now.
    /// </summary>
    public async Task<T> WhenAsync<T>(Func<ObjectChange?, T?> until, string doing, CancellationToken cancellation)
        where T : class
    {
        var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(ObjectChange? change)
        {
            if (until(change) is { } result)
            {
                found.TrySetResult(result);
            }
        }

        void Take(ObjectChange change) => Look(change);
        Objects.Changed += Take;
        try
        {
            Look(null);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Gone);
            return await found.Task.WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw NoRadio(doing);
        }
        finally
        {
            Objects.Changed -= Take;
        }
    }

    public void End() => _gone.Cancel();

    public void Dispose() => _gone.Dispose();
}
