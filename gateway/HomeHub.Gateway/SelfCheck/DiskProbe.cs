using System.Globalization;
using HomeHub.Core.SelfCheck;

namespace HomeHub.Gateway.SelfCheck;

/// <summary>Whether the disk of the data folder has room and takes a file: one is written, synced and removed again.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="read">Tells the room; null where it can't be told.</param>
internal sealed class DiskProbe(string folder, Func<string, DiskRoom?> read) : ISelfCheckProbe
{
    /// <summary>Free bytes below which it is told of.</summary>
    public const long LowBytes = 500L * 1000 * 1000;

    /// <summary>Free part of the disk below which it is told of, in per cent.</summary>
    public const int LowPercent = 10;

    /// <summary>Free bytes below which it is bad.</summary>
    public const long FullBytes = 100L * 1000 * 1000;

    /// <summary>Free file entries (inodes) below which it is told of.</summary>
    public const long FewInodes = 1_000;

    /// <summary>The file that is written has the process in its name, for a command may look beside the hub; one that was left behind by a process that was killed is swept.</summary>
    public const string FileNames = "self-check.*.probe";

    private static readonly byte[] Content = new byte[512];

    /// <inheritdoc/>
    public CheckKind Kind => CheckKind.Disk;

    /// <inheritdoc/>
    public Task<CheckFinding> RunAsync(CancellationToken cancellation) => Task.Run(
        () => !TryWrite(out string? why) ? new CheckFinding(Kind, CheckOutcome.Bad, CheckReason.DiskNotWritable, why) : Look(read(folder)),
        cancellation);

    /// <summary>What the room that is left means.</summary>
    internal static CheckFinding Look(DiskRoom? room)
    {
        if (room is null)
        {
            return new CheckFinding(CheckKind.Disk, CheckOutcome.Unknown, CheckReason.CheckFailed);
        }

        string free = string.Create(CultureInfo.InvariantCulture, $"{room.FreeBytes / 1_000_000} MB of {room.TotalBytes / 1_000_000} MB");
        return room.FreeBytes < FullBytes ? new CheckFinding(CheckKind.Disk, CheckOutcome.Bad, CheckReason.DiskFull, free)
            : room.FreeBytes < LowBytes || room.FreeBytes < room.TotalBytes / 100 * LowPercent ? new CheckFinding(CheckKind.Disk, CheckOutcome.Warning, CheckReason.DiskLow, free)
            : room.FreeInodes < FewInodes ? new CheckFinding(CheckKind.Disk, CheckOutcome.Warning, CheckReason.FewInodes, room.FreeInodes.Value.ToString(CultureInfo.InvariantCulture))
            : new CheckFinding(CheckKind.Disk, CheckOutcome.Good, null, free);
    }

    private bool TryWrite(out string? why)
    {
        string path = Path.Combine(folder, FileNames.Replace("*", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        try
        {
            using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                file.Write(Content);
                file.Flush(flushToDisk: true);
            }

            File.Delete(path);
            why = null;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            why = error.GetType().Name;
            return false;
        }
    }
}
