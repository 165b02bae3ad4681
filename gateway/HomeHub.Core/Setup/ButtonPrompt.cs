using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Setup;

/// <summary>Nobody is there to be asked: whoever pressed the button has said yes, and can neither tell nor compare a number.</summary>
internal sealed class ButtonPrompt : IPairingPrompt, IDisposable
{
    private readonly CancellationTokenSource _refused = new();

    /// <summary>Cancelled when the device wants a number to be typed into it.</summary>
    public CancellationToken Refused => _refused.Token;

    public Task<bool> ConfirmAsync(string address, CancellationToken cancellation) => Task.FromResult(true);

    public Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation) => Task.FromResult<uint?>(null);

    public Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation) => _refused.CancelAsync();

    public Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation) => Task.FromResult(false);

    public void Dispose() => _refused.Dispose();
}
