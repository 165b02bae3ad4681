namespace HomeHub.Gateway.Logging;

/// <summary>The last lines of the log, for a support bundle. Bounded: the oldest line makes room. Safe for several threads.</summary>
internal sealed class RecentLines
{
    /// <summary>Most lines that are kept.</summary>
    public const int MaxLines = 400;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new(MaxLines);

    /// <summary>Takes a line.</summary>
    public void Take(string line)
    {
        lock (_gate)
        {
            if (_lines.Count == MaxLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    /// <summary>The lines, the oldest first.</summary>
    public IReadOnlyList<string> Read()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }
}
