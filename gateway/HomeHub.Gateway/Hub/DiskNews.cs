namespace HomeHub.Gateway.Hub;

/// <summary>Word from those who write that the disk refuses, or takes again. Each of them is a part of its own, and who looks at the disk comes after all of them.</summary>
internal sealed class DiskNews
{
    /// <summary>Raised on the thread of whoever found it.</summary>
    public event Action? Changed;

    /// <summary>Says so.</summary>
    public void Tell() => Changed?.Invoke();
}
