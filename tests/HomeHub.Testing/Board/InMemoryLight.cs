using HomeHub.Core.Board;

namespace HomeHub.Testing.Board;

/// <summary>A double of the status light: remembers what it showed.</summary>
public sealed class InMemoryLight : IStatusLight
{
    private readonly Lock _gate = new();
    private readonly List<LightPattern> _shown = [LightPattern.Off];

    /// <inheritdoc/>
    public string Place => "led:memory";

    /// <summary>Whether it does what it is told.</summary>
    public bool Works { get; set; } = true;

    /// <summary>What it shows now.</summary>
    public LightPattern Now
    {
        get
        {
            lock (_gate)
            {
                return _shown[^1];
            }
        }
    }

    /// <summary>All that it has shown, each change once.</summary>
    public IReadOnlyList<LightPattern> Shown
    {
        get
        {
            lock (_gate)
            {
                return [.. _shown];
            }
        }
    }

    /// <inheritdoc/>
    public bool Show(LightPattern pattern)
    {
        lock (_gate)
        {
            if (Works && _shown[^1] != pattern)
            {
                _shown.Add(pattern);
            }
        }

        return Works;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Show(LightPattern.Off);
        Works = false;
    }
}
