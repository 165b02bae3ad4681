using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;

namespace HomeHub.Testing.BlueZ;

/// <summary>Carries a simulated device as one that the stand-in's adapter hears: what BlueZ would tell of it, the stand-in tells.</summary>
public sealed class StandInDeviceHost : IDeviceHost, IAsyncDisposable
{
    private static readonly TimeSpan AdvertisingInterval = TimeSpan.FromMilliseconds(20);

    private readonly BlueZStandIn _standIn;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<ModelCharacteristic, StandInCharacteristic> _characteristics = [];
    private readonly Task _advertising;
    private volatile bool _wantsAdvertising;

    public StandInDeviceHost(BlueZStandIn standIn, DeviceFile file, string address, AddressType addressType)
    {
        _standIn = standIn;
        Model = new DeviceModel(file, 1, this, TimeProvider.System);
        ushort handle = 0x10;
        foreach (ModelCharacteristic characteristic in Model.Characteristics)
        {
            _characteristics[characteristic] = Show(characteristic, handle);
            handle += 3;
        }

        Device = new StandInDevice(address, file.Name, [.. _characteristics.Values])
        {
            AddressType = addressType == AddressType.Random ? "random" : "public",
            Services = [.. Model.AdvertisedServices.Select(service => BluetoothUuid.Of(service).Value.ToString("D"))],
            Pairing = file.Security == DeviceSecurity.Passkey ? StandInPairing.Enter : StandInPairing.JustWorks,
            OnLink = isConnected => (isConnected ? (Action)Model.OnConnected : Model.OnDisconnected)(),
            OnPasskey = passkey => PasskeyShown?.Invoke(passkey),
        };
        _advertising = Task.Run(KeepAdvertisingAsync);
    }

    /// <summary>Raised with the number that the device shows while it is paired.</summary>
    public event Action<uint>? PasskeyShown;

    /// <summary>The device itself.</summary>
    public DeviceModel Model { get; }

    /// <summary>The device as the stand-in shows it.</summary>
    public StandInDevice Device { get; }

    public Task AdvertiseAsync(bool on, CancellationToken cancellation)
    {
        _wantsAdvertising = on;
        return Task.CompletedTask;
    }

    public async Task<bool> SendAsync(ModelCharacteristic characteristic, byte[] octets, CancellationToken cancellation)
    {
        if (!Device.IsConnected)
        {
            return false;
        }

        await _standIn.NotifyAsync(Device, _characteristics[characteristic], octets);
        return true;
    }

    public Task DisconnectAsync(CancellationToken cancellation) => Device.IsConnected ? _standIn.DropAsync(Device) : Task.CompletedTask;

    public Task ForgetBondsAsync(CancellationToken cancellation)
    {
        Device.DropsAtEncryption = Device.IsPaired;
        return DisconnectAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _advertising;
        Model.Dispose();
        _stop.Dispose();
    }

    private StandInCharacteristic Show(ModelCharacteristic characteristic, ushort handle) =>
        new(characteristic.Service, characteristic.Uuid, handle, [.. Flags(characteristic.Properties)])
        {
            OnRead = async () => (await AnswerAsync(() => Model.ReadAsync(characteristic), "Read not permitted")).Octets,
            OnWritten = octets => AnswerAsync(() => Model.WriteAsync(characteristic, octets), "Write not permitted"),
            OnNotify = async on =>
            {
                if (on)
                {
                    await AnswerAsync(() => Model.AdmitAsync(characteristic), "Not permitted");
                }

                Model.Subscribe(characteristic, on);
            },
        };

    /// <summary>What BlueZ makes of a peripheral's answer (src/gatt-client.c, create_gatt_dbus_error).</summary>
    private async Task<AttResult> AnswerAsync(Func<Task<AttResult>> ask, string notPermitted)
    {
        AttResult result = Model.File.Security != DeviceSecurity.None && !Device.IsPaired ? AttResult.Refused(0x05) : await ask();
        if (!Device.IsConnected)
        {
            throw new DBusException("org.bluez.Error.Failed", "Not connected");
        }

        return result.Error switch
        {
            0 => result,
            0x02 or 0x03 => throw new DBusException("org.bluez.Error.NotPermitted", notPermitted),
            0x05 or 0x0F => throw new DBusException("org.bluez.Error.NotPermitted", "Not paired"),
            0x08 => throw new DBusException("org.bluez.Error.NotAuthorized", "Operation Not Authorized"),
            0x0D => throw new DBusException("org.bluez.Error.InvalidArguments", "Invalid Length"),
            _ => throw new DBusException("org.bluez.Error.Failed", $"Operation failed with ATT error: 0x{result.Error:x2}"),
        };
    }

    private static IEnumerable<string> Flags(GattProperties properties)
    {
        (GattProperties Property, string Flag)[] names =
        [
            (GattProperties.Read, "read"), (GattProperties.Write, "write"), (GattProperties.Notify, "notify"), (GattProperties.Indicate, "indicate"),
        ];
        return names.Where(name => (properties & name.Property) != 0).Select(name => name.Flag);
    }

    private async Task KeepAdvertisingAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_wantsAdvertising && _standIn.IsScanning && !Device.IsConnected)
            {
                await _standIn.AdvertiseAsync(Device);
            }

            await Task.Delay(AdvertisingInterval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
