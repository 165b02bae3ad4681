using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Tests;

/// <summary>A person who answers as told and notes what was asked.</summary>
internal sealed class ScriptedPrompt : IPairingPrompt
{
    public bool Agrees { get; init; } = true;

    public uint? Passkey { get; init; }

    public List<string> Asked { get; } = [];

    public Task<bool> ConfirmAsync(string address, CancellationToken cancellation) => Note("confirm", Agrees);

    public Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation) => Note("enter", Passkey);

    public Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation) => Note($"display {passkey:d6}", true);

    public Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation) => Note($"compare {passkey:d6}", Agrees);

    private Task<T> Note<T>(string asked, T answer)
    {
        Asked.Add(asked);
        return Task.FromResult(answer);
    }
}
