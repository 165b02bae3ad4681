namespace HomeHub.Core.Peripherals;

/// <summary>Port: the person beside the device, asked while it pairs. Each question may be answered late, within the pairing's limit.</summary>
public interface IPairingPrompt
{
    /// <summary>Just Works: whether to go on with the device at <paramref name="address"/>. There is no number to compare.</summary>
    Task<bool> ConfirmAsync(string address, CancellationToken cancellation);

    /// <summary>The number that the device shows, 0 to 999999; null to refuse.</summary>
    Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation);

    /// <summary>Shows a number, 0 to 999999, to be typed into the device. Cancelled when it is no longer needed.</summary>
    Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation);

    /// <summary>Numeric comparison: whether the device shows the same number, 0 to 999999.</summary>
    Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation);
}
