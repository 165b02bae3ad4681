using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>Short forms for statements that run seldom. <c>sql</c> is always a constant of the program: values go through parameters.</summary>
internal static class SqliteExtensions
{
    /// <summary>Runs statements.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and gives the first column of its first row.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteScalar();
    }

    /// <summary>A statement with parameters <c>$0</c>, <c>$1</c>, ….</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // See the summary of the class.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(FormattableString.Invariant($"${i}"), values[i]);
        }

        return command;
    }
}
