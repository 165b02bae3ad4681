using HomeHub.CloudRelay.Bundles;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>Finds resources by uuid or identifier: 64 bits in a narrow index, all 128 compared with the row or, for further names, with the alias table.</summary>
internal sealed class KeyIndex : IDisposable
{
    private readonly RawStatement _find;
    private readonly RawStatement _isAlias;
    private readonly RawStatement _addKey;
    private readonly RawStatement _addAlias;

    /// <summary>Prepares the statements.</summary>
    public KeyIndex(SqliteConnection connection)
    {
        _find = new(connection, "SELECT r.seq, r.uuid, r.identity, r.kind FROM key k JOIN resource r ON r.seq = k.seq WHERE k.hash = ?");
        _isAlias = new(connection, "SELECT 1 FROM alias WHERE key = ? AND seq = ?");
        _addKey = new(connection, "INSERT OR IGNORE INTO key(hash, seq) VALUES(?, ?)");
        _addAlias = new(connection, "INSERT OR IGNORE INTO alias(key, seq) VALUES(?, ?)");
    }

    /// <summary>The resource with this uuid or identifier, or null.</summary>
    public KeyMatch? Find(ResourceKey key)
    {
        KeyMatch? found = null;
        _find.Bind(1, key.Hash);
        while (found is null && _find.Step())
        {
            var match = new KeyMatch(_find.Long(0), _find.Key(1), (ResourceKind)_find.Long(3));
            if (match.Uuid == key || (!_find.IsNull(2) && _find.Key(2) == key) || IsAlias(key, match.Seq))
            {
                found = match;
            }
        }

        _find.Reset();
        return found;
    }

    /// <summary>Adds a key that stands in the resource's own row.</summary>
    public void Add(ResourceKey key, long seq) => _addKey.Bind(1, key.Hash).Bind(2, seq).Run();

    /// <summary>Adds a further name: the uuid of a duplicate, or a second identifier.</summary>
    public void AddAlias(ResourceKey key, long seq)
    {
        _addAlias.Bind(1, key).Bind(2, seq).Run();
        Add(key, seq);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _find.Dispose();
        _isAlias.Dispose();
        _addKey.Dispose();
        _addAlias.Dispose();
    }

    private bool IsAlias(ResourceKey key, long seq)
    {
        var found = _isAlias.Bind(1, key).Bind(2, seq).Step();
        _isAlias.Reset();
        return found;
    }
}
