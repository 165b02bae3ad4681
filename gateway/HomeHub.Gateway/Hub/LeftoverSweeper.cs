using HomeHub.Gateway.SelfCheck;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// Removes what a process that was killed left half written: at the start, and daily. Only files whose names are ours, and that are older than any writing takes. What is
/// part of a recovery or a move is not among them: the next start goes on with it.
/// </summary>
internal sealed class LeftoverSweeper(HubParts parts)
{
    /// <summary>Age from which on a half-written file is nobody's any more: the longest writing, of an answer to a command, takes seconds.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(1);

    /// <summary>Most files that are removed at a time.</summary>
    public const int MaxFiles = 1_000;

    /// <summary>Folder within the data folder, and names: drafts of small files that are written whole or not at all, of requests and answers of commands, of the pages' key and certificate, of the keys of their cookies; the file by which the disk is tried.</summary>
    private static readonly (string Folder, string Names)[] Ours =
    [
        ("", "run-state.json.new"), ("", "hub-identity.new"), ("", "buffer.damaged.new"), ("", "move-away.mark.new"), ("", "pages.*.new"), ("", DiskProbe.FileNames),
        ("requests", "*.request.json.new"), ("requests", "*.answer.json.new"), ("pages-cookie-keys", "*.tmp"),
    ];

    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly ILogger _logger = parts.Loggers.CreateLogger("Housekeeping");

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, parts.Time);
        do
        {
            if (Sweep(parts.Folder, parts.Time.GetUtcNow()) is > 0 and int removed)
            {
                _logger.LogInformation("{Count} files that were left half written are removed", removed);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Removes them.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="now">The hub's clock; a file of the future is old too, for the clock has been set back since.</param>
    /// <returns>How many.</returns>
    public static int Sweep(string data, DateTimeOffset now)
    {
        int removed = 0;
        foreach ((string folder, string names) in Ours)
        {
            string path = Path.Combine(data, folder);
            foreach (string file in Directory.Exists(path) ? Directory.EnumerateFiles(path, names) : [])
            {
                if (removed < MaxFiles && (now - File.GetLastWriteTimeUtc(file)).Duration() > Age && TryDelete(file))
                {
                    removed++;
                }
            }
        }

        return removed;
    }

    private static bool TryDelete(string file)
    {
        try
        {
            File.Delete(file);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It does no harm but for its few bytes; the self-check tells of a disk that can't be written.
            return false;
        }
    }
}
