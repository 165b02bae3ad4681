using HomeHub.BlueZ.Bonds;

namespace HomeHub.BlueZ.Tests;

/// <summary>The kernel's management channel by script.</summary>
internal sealed class ScriptedKernel(bool isListening) : IKernelManagement
{
    public bool IsListening => isListening;

    public event Action<KernelEvent>? Heard;

    public void Tell(KernelEvent told) => Heard?.Invoke(told);

    public void Dispose() => Heard = null;
}
