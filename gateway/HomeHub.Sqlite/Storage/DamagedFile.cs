using System.Buffers.Binary;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>
/// Opens a damaged database for reading. Where its first page, which says where each table begins, is the damage, a copy gets the first
/// page of a new database: tables are always made in the same order and so begin at the same pages.
/// </summary>
internal static class DamagedFile
{
    private const int HeaderPageCountOffset = 28;
    private const int HeaderFreeListOffset = 32;

    /// <summary>Opens; null when nothing can be read at all.</summary>
    /// <param name="path">The damaged file, which stays as it is.</param>
    /// <param name="fresh">A new, empty database of the same schema, closed.</param>
    /// <param name="copy">Where a mended copy may be made.</param>
    public static Connection? TryOpen(string path, string fresh, string copy)
    {
        // SQLite, asked to open an empty file, removes the log beside it, which may hold everything.
        bool isEmpty = !File.Exists(path) || new FileInfo(path).Length == 0;
        return (isEmpty ? null : TryOpen(path)) ?? (TryMend(path, fresh, copy) ? TryOpen(copy) : null);
    }

    private static Connection? TryOpen(string path)
    {
        Connection? connection = null;
        try
        {
            connection = Connection.OpenReader(path);
            connection.Scalar("SELECT count(*) FROM reading WHERE id = 0");
            return connection;
        }
        catch (BufferException)
        {
            connection?.Dispose();
            return null;
        }
    }

    private static bool TryMend(string path, string fresh, string copy)
    {
        BufferFiles.Delete(copy);
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        bool hasLog = File.Exists(path + "-wal");
        if (length <= Schema.PageBytes && !hasLog)
        {
            return false;
        }

        // Of a file that has no more than its first page, all there is stands in the log, which says itself how many pages there are.
        bool isLogOnly = length <= Schema.PageBytes;
        try
        {
            File.Copy(isLogOnly ? fresh : path, copy);
            if (hasLog)
            {
                File.Copy(path + "-wal", copy + "-wal");
            }

            if (isLogOnly)
            {
                return true;
            }

            var page = new byte[Schema.PageBytes];
            using (FileStream source = File.OpenRead(fresh))
            {
                source.ReadExactly(page);
            }

            BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(HeaderPageCountOffset), (uint)(length / Schema.PageBytes));
            page.AsSpan(HeaderFreeListOffset, 2 * sizeof(uint)).Clear();
            using FileStream target = File.OpenWrite(copy);
            target.Write(page);
            return true;
        }
        catch (IOException error)
        {
            throw BufferFiles.ToException(error, copy);
        }
    }
}
