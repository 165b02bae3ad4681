namespace HomeHub.Simulation.Devices;

/// <summary>What carries a simulated device: the process, or a Bluetooth adapter.</summary>
public interface IDeviceHost
{
    /// <summary>Starts or stops advertising. Idempotent.</summary>
    Task AdvertiseAsync(bool on, CancellationToken cancellation);

    /// <summary>Sends a notification, or an indication and waits for its confirmation; false when nobody is connected any more.</summary>
    Task<bool> SendAsync(ModelCharacteristic characteristic, byte[] octets, CancellationToken cancellation);

    /// <summary>Cuts the link. Idempotent.</summary>
    Task DisconnectAsync(CancellationToken cancellation);

    /// <summary>Forgets all bonds.</summary>
    Task ForgetBondsAsync(CancellationToken cancellation);
}
