using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// A prepared statement without the layer of ADO.NET, whose parameters are objects: on the way of each Observation that layer costs more than
/// SQLite itself. Parameters are numbered from 1, columns from 0.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares a statement.</summary>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public RawStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets an integer.</summary>
    public RawStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets an integer or NULL.</summary>
    public RawStatement Bind(int parameter, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, parameter, number) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Sets a text.</summary>
    public RawStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    /// <summary>Sets octets, which SQLite copies.</summary>
    public RawStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets the 16 octets of a key.</summary>
    public RawStatement Bind(int parameter, Bundles.ResourceKey key)
    {
        Span<byte> octets = stackalloc byte[Bundles.ResourceKey.SizeBytes];
        key.Write(octets);
        return Bind(parameter, (ReadOnlySpan<byte>)octets);
    }

    /// <summary>Sets NULL.</summary>
    public RawStatement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Steps to the next row; false at the end.</summary>
    /// <exception cref="SqliteException">The statement failed; it is reset.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }

        if (code is not raw.SQLITE_DONE)
        {
            var error = Error(code);
            Reset();
            throw error;
        }

        return false;
    }

    /// <summary>Runs the statement to its end and resets it.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Makes it ready to run again. A failure of the last run was reported by <see cref="Step"/> already.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>An integer of the row.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Whether a column of the row is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Octets of the row; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>A key of the row.</summary>
    public Bundles.ResourceKey Key(int column) => Bundles.ResourceKey.FromOctets(Blob(column));

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code is not raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    private SqliteException Error(int code) =>
        new($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}", code, raw.sqlite3_extended_errcode(_database));
}
