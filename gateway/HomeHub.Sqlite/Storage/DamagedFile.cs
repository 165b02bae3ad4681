using System.Buffers.Binary;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>
/// Opens a damaged database for reading. Where its first block, in which stands where each table begins, is the damage, a copy gets the first
/// block of a new database: tables are always made in the same order and so begin at the same pages.
/// </summary>
internal static class DamagedFile
{
    private const int HeaderPageSizeOffset = 16;
    private const int HeaderPageCountOffset = 28;
    private const int HeaderFreeListOffset = 32;

    /// <summary>First word of a write-ahead log, but for its last bit.</summary>
    private const uint LogMagic = 0x377F0682;

    /// <summary>Most pages that are looked at to tell how large they are.</summary>
    private const int MaxLookedAt = 4_000;

    /// <summary>Kinds of pages that hold rows, by their first octet: inner and leaf pages of indexes and tables.</summary>
    private static readonly byte[] PageKinds = [2, 5, 10, 13];

    /// <summary>
    /// Bytes in a page of a database whose first page, which says it, may be the damage. By its log, which says it too; else by where pages begin: those of
    /// <see cref="Schema.PageBytes"/> begin also within what would be one of <see cref="Schema.PageBytesOfBefore"/>.
    /// </summary>
    public static int GuessPageBytes(string path)
    {
        Span<byte> header = stackalloc byte[2 * sizeof(uint) + sizeof(uint)];
        if (File.Exists(path + "-wal"))
        {
            using FileStream log = File.OpenRead(path + "-wal");
            if (log.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && (BinaryPrimitives.ReadUInt32BigEndian(header) & ~1u) == LogMagic)
            {
                return BinaryPrimitives.ReadUInt32BigEndian(header[8..]) == Schema.PageBytesOfBefore ? Schema.PageBytesOfBefore : Schema.PageBytes;
            }
        }

        (int pages, int begin) = (0, 0);
        using FileStream? file = File.Exists(path) ? File.OpenRead(path) : null;
        for (long at = Schema.PageBytesOfBefore; at < file?.Length && pages < MaxLookedAt; at += Schema.PageBytes)
        {
            file.Position = at;
            if (at % Schema.PageBytesOfBefore != 0)
            {
                pages++;
                begin += Array.IndexOf(PageKinds, (byte)file.ReadByte()) >= 0 ? 1 : 0;
            }
        }

        return pages > 0 && begin < pages / 4 ? Schema.PageBytesOfBefore : Schema.PageBytes;
    }

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

    private static int PageBytesOf(string database)
    {
        using FileStream file = File.OpenRead(database);
        file.Position = HeaderPageSizeOffset;
        return (file.ReadByte() << 8) | file.ReadByte();
    }

    private static bool TryMend(string path, string fresh, string copy)
    {
        BufferFiles.Delete(copy);
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        bool hasLog = File.Exists(path + "-wal");
        int pageBytes = PageBytesOf(fresh);
        if (length <= pageBytes && !hasLog)
        {
            return false;
        }

        // Of a file that has no more than its first page, all there is stands in the log, which says itself how many pages there are.
        bool isLogOnly = length <= pageBytes;
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

            var page = new byte[Schema.PageBytesOfBefore];
            using (FileStream source = File.OpenRead(fresh))
            {
                source.ReadExactly(page);
            }

            BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(HeaderPageCountOffset), (uint)(length / pageBytes));
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
