using HomeHub.Core.Peripherals;

namespace HomeHub.Testing.Peripherals;

/// <summary>A person beside the device of a bench: types what it shows, or something else, or refuses.</summary>
public sealed class BenchPrompt(CentralBench bench) : IPairingPrompt
{
    public bool Agrees { get; init; } = true;

    public bool MistypesPasskeys { get; init; }

    public async Task<bool> ConfirmAsync(string address, CancellationToken cancellation)
    {
        await Task.Yield();
        return Agrees;
    }

    public async Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation)
    {
        uint shown = await bench.NextPasskeyAsync(cancellation);
        return !Agrees ? null : MistypesPasskeys ? (shown + 1) % 1_000_000 : shown;
    }

    public Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation) => Task.CompletedTask;

    public Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation) => Task.FromResult(Agrees);
}
