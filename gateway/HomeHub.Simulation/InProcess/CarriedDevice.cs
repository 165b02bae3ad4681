using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.InProcess;

/// <summary>A simulated device that the process carries: its advertising, its link and its half of the bond. Safe for several threads.</summary>
public sealed class CarriedDevice : IDeviceHost, IDisposable
{
    private const int PasskeyCount = 1_000_000;

    private readonly Lock _lock = new();
    private readonly Random _random;
    private SimulatedPeripheral? _link;
    private Guid? _key;
    private volatile bool _isAdvertising;

    internal CarriedDevice(DeviceFile file, string address, AddressType addressType, int seed, TimeProvider time)
    {
        (Address, AddressType, _random) = (address, addressType, new Random(seed));
        BondsAs = file.Security == DeviceSecurity.Passkey ? BondSecurity.SecureConnectionsAuthenticated : BondSecurity.SecureConnections;
        Model = new DeviceModel(file, seed, this, time);
    }

    /// <summary>Raised with the number that the device shows while it is paired, 0 to 999999.</summary>
    public event Action<uint>? PasskeyShown;

    /// <summary>The device itself.</summary>
    public DeviceModel Model { get; }

    /// <summary>Its address, upper case.</summary>
    public string Address { get; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public AddressType AddressType { get; }

    /// <summary>How its bonds come about.</summary>
    public BondSecurity BondsAs { get; set; }

    /// <summary>Received signal strength in dBm.</summary>
    public short Rssi { get; set; } = -60;

    /// <summary>Whether it can be heard now: a device that is connected does not advertise.</summary>
    internal bool IsHeard => _isAdvertising && Link is null;

    internal SimulatedPeripheral? Link
    {
        get
        {
            lock (_lock)
            {
                return _link;
            }
        }
    }

    /// <inheritdoc/>
    public Task AdvertiseAsync(bool on, CancellationToken cancellation)
    {
        _isAdvertising = on;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> SendAsync(ModelCharacteristic characteristic, byte[] octets, CancellationToken cancellation) =>
        Task.FromResult(Link?.Take(characteristic, octets) == true);

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellation)
    {
        Link?.End(new PeripheralException(PeripheralFault.Disconnected, "Listening to the device: the connection ended."));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ForgetBondsAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _key = null;
        }

        return DisconnectAsync(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    /// <summary>Takes a link; false when it has one or does not listen.</summary>
    internal bool TryAccept(SimulatedPeripheral link)
    {
        lock (_lock)
        {
            if (_link is not null || !_isAdvertising)
            {
                return false;
            }

            _link = link;
        }

        Model.OnConnected();
        return true;
    }

    /// <summary>The link is over.</summary>
    internal void Release(SimulatedPeripheral link)
    {
        lock (_lock)
        {
            if (_link != link)
            {
                return;
            }

            _link = null;
        }

        Model.OnDisconnected();
    }

    /// <summary>Whether it holds the same key.</summary>
    internal bool Knows(Guid key)
    {
        lock (_lock)
        {
            return _key == key;
        }
    }

    internal void Bond(Guid key)
    {
        lock (_lock)
        {
            _key = key;
        }
    }

    /// <summary>Shows a number to be typed into the hub.</summary>
    internal uint ShowPasskey()
    {
        uint passkey;
        lock (_lock)
        {
            passkey = (uint)_random.Next(PasskeyCount);
        }

        PasskeyShown?.Invoke(passkey);
        return passkey;
    }
}
