using System.Buffers;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// The JSON of stored Bundles. The last few stay in memory, decompressed: a page of search results mostly comes out of one or two Bundles.
/// </summary>
internal sealed class PayloadCache
{
    /// <summary>Room for decompressed Bundles, in MiB. One larger Bundle is still read, and kept alone.</summary>
    public const int MaxMiB = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<(long Bundle, ReadOnlyMemory<byte> Json)> _recent = new();
    private long _bytes;

    /// <summary>The JSON of a Bundle.</summary>
    /// <exception cref="InvalidDataException">The store does not hold what it should: it was damaged from outside.</exception>
    /// <exception cref="SqliteException">The store can't be read.</exception>
    public ReadOnlyMemory<byte> Get(SqliteConnection connection, long bundle)
    {
        lock (_lock)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Bundle == bundle)
                {
                    _recent.Remove(node);
                    _recent.AddFirst(node);
                    return node.Value.Json;
                }
            }
        }

        var json = Load(connection, bundle);
        lock (_lock)
        {
            _recent.AddFirst((bundle, json));
            _bytes += json.Length;
            while (_bytes > MaxMiB * 1024L * 1024L && _recent.Count > 1)
            {
                _bytes -= _recent.Last!.Value.Json.Length;
                _recent.RemoveLast();
            }
        }

        return json;
    }

    /// <summary>A part of the JSON of a Bundle.</summary>
    /// <exception cref="InvalidDataException">The store does not hold what it should: it was damaged from outside.</exception>
    /// <exception cref="SqliteException">The store can't be read.</exception>
    public ReadOnlyMemory<byte> Get(SqliteConnection connection, long bundle, int offset, int length)
    {
        var json = Get(connection, bundle);
        return offset >= 0 && length > 0 && offset <= json.Length - length
            ? json.Slice(offset, length)
            : throw new InvalidDataException($"Bundle {bundle} in the store is shorter than what it should hold.");
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _recent.Clear();
            _bytes = 0;
        }
    }

    private static ReadOnlyMemory<byte> Load(SqliteConnection connection, long bundle)
    {
        using var command = connection.Command("SELECT encoding, bytes, payload FROM bundle WHERE seq = $0", bundle);
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            throw new InvalidDataException($"Bundle {bundle} is not in the store.");
        }

        var payload = row.GetFieldValue<byte[]>(2);
        if ((BundleEncoding)row.GetInt32(0) == BundleEncoding.Json)
        {
            return payload;
        }

        var json = new ArrayBufferWriter<byte>(row.GetInt32(1) + 1);
        return BrotliPayload.Decompress(payload, json) is null
            ? json.WrittenMemory
            : throw new InvalidDataException($"Bundle {bundle} in the store can't be decompressed.");
    }
}
