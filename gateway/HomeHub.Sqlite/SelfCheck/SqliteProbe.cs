using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.SelfCheck;

namespace HomeHub.Sqlite;

/// <summary>
/// Looks at every database file of a data folder, also beside a hub that runs on it: whether its pages hang together, whether it can be written, how large its log is,
/// whether it gives room back. By connections of its own, which write nothing and keep half a MiB in memory.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">How long all files together may take; null: <see cref="Limit"/>.</param>
public sealed class SqliteProbe(string folder, TimeProvider time, TimeSpan? limit = null) : ISelfCheckProbe
{
    /// <summary>How long the look at all files may take. A memory card reads some 20 MiB a second; what is left is not told good or bad.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Size of a write-ahead log from which on somebody should look, in bytes: eight times what the buffer lets its log have.</summary>
    public const long MaxLogBytes = 64L * 1024 * 1024;

    /// <summary>Most files that are looked at.</summary>
    public const int MaxFiles = 32;

    private const int CacheKiB = 512;

    private const int IncrementalVacuum = 2;

    /// <inheritdoc/>
    public CheckKind Kind => CheckKind.Database;

    /// <inheritdoc/>
    public Task<CheckFinding> RunAsync(CancellationToken cancellation) => Task.Run(() => Look(cancellation), cancellation);

    private CheckFinding Look(CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        var all = new CheckFinding(Kind, CheckOutcome.Good);
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.db").Order(StringComparer.Ordinal).Take(MaxFiles) : [])
        {
            all = all.Or(Look(path, () => cancellation.IsCancellationRequested || time.GetElapsedTime(start) > (limit ?? Limit)));
        }

        cancellation.ThrowIfCancellationRequested();
        return all;
    }

    private CheckFinding Look(string path, Func<bool> isTooLate)
    {
        string name = Path.GetFileName(path);
        try
        {
            using Connection connection = Connection.OpenExisting(path);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = 5000; PRAGMA cache_size = -{CacheKiB}"));
            if (connection.IsReadOnly)
            {
                return new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.DatabaseReadOnly, name);
            }

            string? found = null;
            bool isDone = connection.TryRun(isTooLate, () =>
            {
                using Statement check = connection.Prepare("PRAGMA quick_check(1)");
                found = check.Step() ? check.Text(0) : null;
            });
            return !isDone ? new CheckFinding(Kind, CheckOutcome.Unknown, CheckReason.NotFinished, name)
                : found != "ok" ? new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.DatabaseDamaged, name)
                : LookAtSize(connection, path, name);
        }
        catch (BufferException error)
        {
            return error.Fault == BufferFault.Damaged
                ? new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.DatabaseDamaged, name)
                : new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.DatabaseUnreadable, name);
        }
    }

    private CheckFinding LookAtSize(Connection connection, string path, string name)
    {
        var log = new FileInfo(path + "-wal");
        return log.Exists && log.Length > MaxLogBytes
                ? new CheckFinding(Kind, CheckOutcome.Warning, CheckReason.LogTooLarge, string.Create(CultureInfo.InvariantCulture, $"{log.Name}, {log.Length / 1048576} MiB"))
            : connection.Scalar("PRAGMA auto_vacuum") != IncrementalVacuum && new FileInfo(path).Length > Compaction.SmallBytes
                ? new CheckFinding(Kind, CheckOutcome.Warning, CheckReason.RoomNotGivenBack, name)
            : new CheckFinding(Kind, CheckOutcome.Good);
    }
}
