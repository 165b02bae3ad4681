using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HomeHub.Core.Moving;

namespace HomeHub.Sqlite;

/// <summary>The files of a history in an archive: four bytes of length and a line a file, with its name and its length; then the files, one behind the other.</summary>
internal static class HistoryArchive
{
    private const int MaxListBytes = 4096, CopyBytes = 256 * 1024;

    /// <summary>What is left free on the disk beside what is written, in bytes.</summary>
    public const long SpareBytes = 16 * 1024 * 1024;

    /// <summary>Writes files at rest.</summary>
    public static async Task WriteAsync(IReadOnlyList<ResidentFile> files, Stream to, TransferCode code, CancellationToken cancellation)
    {
        using var archive = new ArchiveWriter(to, code);
        byte[] list = Encoding.ASCII.GetBytes(string.Concat(files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Content.Length}\n"))));
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, list.Length);
        await archive.WriteAsync(length, cancellation).ConfigureAwait(false);
        await archive.WriteAsync(list, cancellation).ConfigureAwait(false);
        byte[] room = new byte[CopyBytes];
        foreach (ResidentFile file in files)
        {
            int read;
            while ((read = await file.Content.ReadAsync(room, cancellation).ConfigureAwait(false)) > 0)
            {
                await archive.WriteAsync(room.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }
        }

        await archive.EndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes the files of an archive into a folder, synced.</summary>
    /// <exception cref="MoveException">Not all of them: the archive is none, wrong, damaged, cut short, or there is no room.</exception>
    public static async Task ReadAsync(Stream from, TransferCode code, string folder, long freeBytes, CancellationToken cancellation)
    {
        using ArchiveReader archive = await ArchiveReader.OpenAsync(from, code, cancellation).ConfigureAwait(false);
        (string Name, long Length)[] files = await ReadListAsync(archive, cancellation).ConfigureAwait(false);
        if (files.Sum(file => file.Length) + SpareBytes > freeBytes)
        {
            throw new MoveException(MoveProblem.NoRoom);
        }

        byte[] room = new byte[CopyBytes];
        foreach ((string name, long length) in files)
        {
            using FileStream file = Create(Path.Combine(folder, name));
            for (long left = length; left > 0;)
            {
                int part = (int)Math.Min(left, room.Length);
                await archive.ReadExactlyAsync(room.AsMemory(0, part), cancellation).ConfigureAwait(false);
                await file.WriteAsync(room.AsMemory(0, part), cancellation).ConfigureAwait(false);
                left -= part;
            }

            file.Flush(flushToDisk: true);
        }

        // Only at its end an archive is known to be whole.
        if (await archive.ReadAsync(room, cancellation).ConfigureAwait(false) > 0)
        {
            throw new MoveException(MoveProblem.Damaged);
        }
    }

    /// <summary>Makes a file that nobody but its owner may read.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static async Task<(string Name, long Length)[]> ReadListAsync(ArchiveReader archive, CancellationToken cancellation)
    {
        var head = new byte[sizeof(int)];
        await archive.ReadExactlyAsync(head, cancellation).ConfigureAwait(false);
        int bytes = BinaryPrimitives.ReadInt32BigEndian(head);
        if (bytes is <= 0 or > MaxListBytes)
        {
            throw new MoveException(MoveProblem.Damaged);
        }

        var list = new byte[bytes];
        await archive.ReadExactlyAsync(list, cancellation).ConfigureAwait(false);
        var files = new List<(string Name, long Length)>();
        foreach (string line in Encoding.ASCII.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // A name that is not known is of a newer program; and no name leads out of the folder.
            files.Add(line.Split(' ') is [var name, var length] && MoveFolder.History.Contains(name) && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? (name, number)
                : throw new MoveException(MoveProblem.NewerVersion));
        }

        return files.DistinctBy(file => file.Name).Count() == files.Count && files.Exists(file => file.Name == BufferFiles.DatabaseName)
            ? [.. files]
            : throw new MoveException(MoveProblem.Damaged);
    }
}
