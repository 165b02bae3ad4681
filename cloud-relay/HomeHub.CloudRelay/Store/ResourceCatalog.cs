using System.Globalization;
using HomeHub.CloudRelay.Bundles;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>Reads resources out of the store. Every method takes a connection of <see cref="RelayStore.OpenReader"/>.</summary>
internal sealed class ResourceCatalog
{
    /// <summary>How many columns make a <see cref="StoredResource"/>.</summary>
    public const int ColumnCount = 8;

    private static readonly string Columns = ColumnsOf("r", "r");

    private const string ByKey =
        "FROM key k JOIN resource r ON r.seq = k.seq JOIN bundle b ON b.seq = r.bundle WHERE k.hash = $0 "
        + "AND (r.uuid = $1 OR r.identity = $1 OR EXISTS(SELECT 1 FROM alias a WHERE a.key = $1 AND a.seq = k.seq))";

    private readonly PayloadCache _payloads = new();

    /// <summary>The columns of a <see cref="StoredResource"/>, for <c>bundle b</c> and the tables of these names.</summary>
    /// <param name="resource">A row of the resource.</param>
    /// <param name="version">A row of the version: the same, or one of <c>earlier_version</c>.</param>
    public static string ColumnsOf(string resource, string version) =>
        $"{resource}.seq, {resource}.kind, {resource}.uuid, {version}.bundle, {version}.offset, {version}.length, b.received, {version}.version";

    /// <summary>The resource with this uuid or identifier, or null.</summary>
    public static StoredResource? Find(SqliteConnection connection, ResourceKey key)
    {
        var octets = new byte[ResourceKey.SizeBytes];
        key.Write(octets);
        using var command = connection.Command($"SELECT {Columns} {ByKey}", key.Hash, octets);
        using var row = command.ExecuteReader();
        return row.Read() ? FromRow(row) : null;
    }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static StoredResource FromRow(SqliteDataReader row) => new(
        row.GetInt64(0),
        (ResourceKind)row.GetInt32(1),
        ResourceKey.FromOctets(row.GetFieldValue<byte[]>(2)),
        row.GetInt64(3),
        row.GetInt32(4),
        row.GetInt32(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        row.GetInt32(7));

    /// <summary>All versions of a resource, the newest first.</summary>
    public static IReadOnlyList<StoredResource> Versions(SqliteConnection connection, long seq)
    {
        using var command = connection.Command(
            $"SELECT {Columns} FROM resource r JOIN bundle b ON b.seq = r.bundle WHERE r.seq = $0 UNION ALL "
            + $"SELECT {ColumnsOf("r", "e")} FROM earlier_version e JOIN resource r ON r.seq = e.seq JOIN bundle b ON b.seq = e.bundle WHERE e.seq = $0 ORDER BY 8 DESC",
            seq);
        using var row = command.ExecuteReader();
        var versions = new List<StoredResource>();
        while (row.Read())
        {
            versions.Add(FromRow(row));
        }

        return versions;
    }

    /// <summary>The newest Bundle's number: what is stored later is no part of a search that began now.</summary>
    public static long LastBundle(SqliteConnection connection) =>
        Convert.ToInt64(connection.Scalar("SELECT coalesce(max(seq), 0) FROM bundle"), CultureInfo.InvariantCulture);

    /// <summary>The JSON of a resource as it was received.</summary>
    /// <exception cref="InvalidDataException">The store was damaged from outside.</exception>
    public ReadOnlyMemory<byte> Json(SqliteConnection connection, StoredResource resource) =>
        _payloads.Get(connection, resource.Bundle, resource.Offset, resource.Length);
}
