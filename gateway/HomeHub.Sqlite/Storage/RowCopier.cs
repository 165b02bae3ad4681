using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>Reads the rows of a table of a damaged database: from the front, from the back, and what lies between, one by one.</summary>
internal sealed class RowCopier(Connection from, Action tick)
{
    /// <summary>Ids tried one by one between the damage's first and last row.</summary>
    private const long MaxProbes = 5_000_000;

    /// <summary>Ids without a readable row after which no more are tried: some thousand damaged pages in a row.</summary>
    private const long MaxMisses = 200_000;

    /// <summary>Rows of a table with a number as its key.</summary>
    public void CopyById(string table, string columns, Action<Statement> copy)
    {
        if (TryPrepare($"SELECT {columns} FROM {table} WHERE id > ?1 ORDER BY id") is not { } forward)
        {
            return;
        }

        using Statement backward = from.Prepare($"SELECT {columns} FROM {table} WHERE id < ?1 ORDER BY id DESC");
        using Statement one = from.Prepare($"SELECT {columns} FROM {table} WHERE id = ?1");
        using (forward)
        {
            long last = 0;
            if (TryScan(forward.Bind(1, 0), copy, id => last = id))
            {
                return;
            }

            long first = long.MaxValue;
            bool isWhole = TryScan(backward.Bind(1, long.MaxValue), copy, id => first = id, stopAt: last);
            long end = first == long.MaxValue ? last + MaxProbes : Math.Min(first, last + MaxProbes);
            long misses = 0;
            for (long id = last + 1; !isWhole && id < end && misses < MaxMisses; id++)
            {
                misses++;
                TryScan(one.Bind(1, id), copy, _ => misses = 0);
            }
        }
    }

    /// <summary>Rows of a table with another key: those before and those behind the damage.</summary>
    public void CopyByKey(string table, string key, Action<Statement> copy)
    {
        if (TryPrepare($"SELECT * FROM {table} ORDER BY {key}") is not { } forward)
        {
            return;
        }

        using (forward)
        {
            if (!TryScan(forward, copy))
            {
                using Statement backward = from.Prepare($"SELECT * FROM {table} ORDER BY {string.Join(", ", key.Split(", ").Select(k => k + " DESC"))}");
                TryScan(backward, copy);
            }
        }
    }

    /// <summary>Binds a row's columns, as they are, to an insert.</summary>
    public static void Bind(Statement row, Statement insert, int columns)
    {
        for (int column = 0; column < columns; column++)
        {
            row.CopyTo(column, insert, column + 1);
        }
    }

    private Statement? TryPrepare(string sql)
    {
        try
        {
            return from.Prepare(sql);
        }
        catch (BufferException)
        {
            // The table's definition is damaged: nothing of it can be read.
            return null;
        }
    }

    /// <summary>Reads on until the end (true) or the damage (false).</summary>
    private bool TryScan(Statement rows, Action<Statement> copy, Action<long>? note = null, long stopAt = long.MinValue)
    {
        while (true)
        {
            try
            {
                if (!rows.Step())
                {
                    return true;
                }
            }
            catch (BufferException)
            {
                return false;
            }

            if (note is not null)
            {
                long id = rows.Int64(0);
                if (id <= stopAt)
                {
                    rows.Reset();
                    return true;
                }

                note(id);
            }

            copy(rows);
            tick();
        }
    }
}
