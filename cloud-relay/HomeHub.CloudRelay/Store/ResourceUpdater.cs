using System.Buffers;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// Gives resources new versions; those before stay where they are, and are served as history. Belongs to a <see cref="BundleWriter"/>, in whose
/// transaction all of it happens.
/// </summary>
internal sealed class ResourceUpdater : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PayloadCache _payloads = new();
    private readonly RawStatement _current;
    private readonly RawStatement _hub;
    private readonly RawStatement _keep;
    private readonly RawStatement _replace;

    /// <summary>Prepares the statements.</summary>
    public ResourceUpdater(SqliteConnection connection)
    {
        _connection = connection;
        _current = new(connection, "SELECT bundle, offset, length, subject FROM resource WHERE seq = ?");
        _hub = new(
            connection,
            "SELECT b.hub FROM resource r JOIN bundle b ON b.seq = coalesce((SELECT e.bundle FROM earlier_version e WHERE e.seq = r.seq ORDER BY e.version LIMIT 1), r.bundle) "
            + "WHERE r.seq = ?");
        _keep = new(
            connection,
            "INSERT INTO earlier_version(seq, version, bundle, offset, length, codes, start, span) "
            + "SELECT seq, version, bundle, offset, length, codes, start, span FROM resource WHERE seq = ?");
        _replace = new(
            connection,
            "UPDATE resource SET version = version + 1, bundle = ?2, offset = ?3, length = ?4, codes = ?5, start = ?6, span = ?7 WHERE seq = ?1");
    }

    /// <summary>The JSON of a Bundle that is being stored.</summary>
    public static ReadOnlyMemory<byte> Json(IncomingBundle incoming)
    {
        if (incoming.Topic.Encoding == BundleEncoding.Json)
        {
            return incoming.Payload;
        }

        // It was decompressed before, when it was read, so it can be.
        var json = new ArrayBufferWriter<byte>();
        BrotliPayload.Decompress(incoming.Payload.Span, json);
        return json.WrittenMemory;
    }

    /// <summary>Number of the subject of a stored Observation.</summary>
    public long Subject(long seq)
    {
        _current.Bind(1, seq);
        var subject = _current.Step() ? _current.Long(3) : 0;
        _current.Reset();
        return subject;
    }

    /// <summary>The hub that sent the first version of a resource.</summary>
    public Guid Hub(long seq)
    {
        _hub.Bind(1, seq);
        var hub = _hub.Step() ? _hub.Key(0) : throw new InvalidDataException($"Resource {seq} is not in the store.");
        _hub.Reset();
        return hub.ToGuid();
    }

    /// <summary>Forgets Bundles that were read: after a rollback their numbers are given anew.</summary>
    public void Forget() => _payloads.Clear();

    /// <summary>
    /// Stores a new version, unless it is the current one once more. Bundles are decompressed only where lengths agree, and each once, as long as it stays
    /// in the cache: all of this happens while nobody else can write.
    /// </summary>
    /// <param name="seq">The resource.</param>
    /// <param name="bundle">Number of the Bundle that the entry comes in.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="codes">Number of its codes; null where its kind has none.</param>
    /// <param name="json">The Bundle's JSON, read when it is needed.</param>
    /// <returns>False when it is the current version, octet for octet.</returns>
    /// <exception cref="SqliteException">The store can't be written.</exception>
    public bool Update(long seq, long bundle, in BundleEntry entry, long? codes, Lazy<ReadOnlyMemory<byte>> json)
    {
        if (IsCurrent(seq, entry, json))
        {
            return false;
        }

        _keep.Bind(1, seq).Run();
        _replace.Bind(1, seq).Bind(2, bundle).Bind(3, entry.Offset).Bind(4, entry.Length).Bind(5, codes).Bind(6, entry.Start).Bind(7, entry.End - entry.Start).Run();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _current.Dispose();
        _hub.Dispose();
        _keep.Dispose();
        _replace.Dispose();
    }

    private bool IsCurrent(long seq, in BundleEntry entry, Lazy<ReadOnlyMemory<byte>> json)
    {
        var (bundle, offset, length) = Current(seq);
        try
        {
            return length == entry.Length
                && _payloads.Get(_connection, bundle, offset, length).Span.SequenceEqual(json.Value.Slice(entry.Offset, entry.Length).Span);
        }
        catch (InvalidDataException)
        {
            // What was damaged from outside can't be compared, and is no reason not to store what came now.
            return false;
        }
    }

    private (long Bundle, int Offset, int Length) Current(long seq)
    {
        _current.Bind(1, seq);
        var place = _current.Step()
            ? (_current.Long(0), (int)_current.Long(1), (int)_current.Long(2))
            : throw new InvalidDataException($"Resource {seq} is not in the store.");
        _current.Reset();
        return place;
    }
}
