namespace HomeHub.BlueZ.Bonds;

/// <summary>What the kernel's Bluetooth management tells and BlueZ's D-Bus API does not.</summary>
internal interface IKernelManagement : IDisposable
{
    /// <summary>Whether this process may listen; without, nothing is heard.</summary>
    bool IsListening { get; }

    /// <summary>Raised with each event, on a thread of its own; handlers return at once.</summary>
    event Action<KernelEvent>? Heard;
}
