using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>
/// A Bluetooth UUID in one column: the number where 16 bits stand for it, else a blob of all 128, most significant octet first. SQLite keeps
/// either in a column that prefers numbers.
/// </summary>
internal static class UuidColumn
{
    /// <summary>The UUID in the column <c>characteristic</c> as <see cref="BluetoothUuid.ToString"/> writes it, in SQL.</summary>
    public const string AsText =
        """
        CASE typeof(characteristic) WHEN 'blob'
          THEN lower(substr(hex(characteristic), 1, 8) || '-' || substr(hex(characteristic), 9, 4) || '-' || substr(hex(characteristic), 13, 4) || '-'
            || substr(hex(characteristic), 17, 4) || '-' || substr(hex(characteristic), 21, 12))
          ELSE printf('%04X', characteristic) END
        """;

    /// <summary>Binds a UUID.</summary>
    public static Statement Bind(this Statement statement, int parameter, BluetoothUuid uuid)
    {
        if (uuid.Short is { } value)
        {
            return statement.Bind(parameter, (long)value);
        }

        Span<byte> octets = stackalloc byte[BluetoothUuid.LengthBytes];
        uuid.Write(octets);
        return statement.Bind(parameter, octets);
    }

    /// <summary>Reads a UUID; null where the column holds none, which only happens after damage.</summary>
    public static BluetoothUuid? TryRead(Statement row, int column)
    {
        if (row.IsBlob(column))
        {
            ReadOnlySpan<byte> octets = row.Blob(column);
            return octets.Length == BluetoothUuid.LengthBytes ? BluetoothUuid.Read(octets) : null;
        }

        return row.Int64(column) is >= 0 and <= ushort.MaxValue and var value ? BluetoothUuid.Of((ushort)value) : null;
    }
}
