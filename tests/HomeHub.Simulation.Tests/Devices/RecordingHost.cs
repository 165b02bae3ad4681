using System.Collections.Concurrent;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Tests.Devices;

/// <summary>Carries a device nowhere and notes what it does.</summary>
internal sealed class RecordingHost : IDeviceHost
{
    public ConcurrentQueue<(ushort Characteristic, byte[] Octets)> Sent { get; } = new();

    public bool IsAdvertising { get; private set; }

    public int Disconnects { get; private set; }

    public int Forgotten { get; private set; }

    public Exception? SendError { get; set; }

    public DeviceModel? Model { get; set; }

    public Task AdvertiseAsync(bool on, CancellationToken cancellation)
    {
        IsAdvertising = on;
        return Task.CompletedTask;
    }

    public Task<bool> SendAsync(ModelCharacteristic characteristic, byte[] octets, CancellationToken cancellation)
    {
        if (SendError is { } error)
        {
            throw error;
        }

        Sent.Enqueue((characteristic.Uuid, octets));
        return Task.FromResult(true);
    }

    public Task DisconnectAsync(CancellationToken cancellation)
    {
        Disconnects++;
        Model?.OnDisconnected();
        return Task.CompletedTask;
    }

    public Task ForgetBondsAsync(CancellationToken cancellation)
    {
        Forgotten++;
        return Task.CompletedTask;
    }
}
