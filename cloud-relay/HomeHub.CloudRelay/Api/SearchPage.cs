using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Api;

/// <summary>
/// Reads one page of a search as the store was when the search began. A resource's row is its current version, so a page has up to three sources: rows that
/// were never updated, which lie in the order of their Bundles; rows that were, which an index of their own has in that order; and rows that were updated
/// since the search began, each as the version that it was then. Each source gives a page at most, so that no search sorts all that it finds.
/// </summary>
/// <param name="request">The search.</param>
/// <param name="conditions">Its conditions in SQL, on <c>r</c>.</param>
internal sealed class SearchPage(SearchRequest request, string conditions)
{
    /// <summary>Most bytes of resources in a page; one larger resource still makes a page.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private readonly bool _byUpdate = request.Sort == SearchSort.LastUpdated;
    private readonly string _beyond = request.Descending ? "<" : ">";
    private readonly string _direction = request.Descending ? "DESC" : "ASC";

    private string Key => request.Sort switch
    {
        SearchSort.Date => "r.start",
        SearchSort.LastUpdated => "r.bundle",
        _ => "r.seq",
    };

    /// <summary>Reads the page.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="lastBundle">The newest Bundle when the search began.</param>
    /// <param name="total">Rows that matched then.</param>
    /// <param name="next">Where the next page begins; null when there is none.</param>
    public IReadOnlyList<StoredResource> Read(SqliteConnection connection, long lastBundle, long total, out PageCursor? next)
    {
        using var command = connection.Command(Statement(lastBundle));
        using var row = command.ExecuteReader();
        var rows = new List<StoredResource>();
        var (bytes, key, first) = (0L, 0L, request.Page?.First ?? (request.Descending ? long.MaxValue : 0));
        next = null;
        while (row.Read())
        {
            var resource = ResourceCatalog.FromRow(row);
            bytes += resource.Length;
            if (rows.Count == request.Count || (bytes > MaxBytes && rows.Count > 0))
            {
                next = new PageCursor(lastBundle, key, rows[^1].Seq, first, total);
                break;
            }

            rows.Add(resource);
            key = row.GetInt64(ResourceCatalog.ColumnCount);
            first = resource.Version == 1 ? resource.Seq : first;
        }

        return rows;
    }

    private string Statement(long lastBundle)
    {
        var kind = (int)request.Kind;
        var (stood, order) = (Sql($"r.kind = {kind} AND r.bundle <= {lastBundle}"), _byUpdate ? "r.bundle {0}, r.seq {0}" : request.Sort == SearchSort.Date ? "r.start {0}, r.seq {0}" : "r.seq {0}");
        order = order.Replace("{0}", _direction, StringComparison.Ordinal);
        List<string> sources = _byUpdate
            ? [Source("resource r", "r", $"{stood} AND r.version = 1", FirstVersions(), $"r.seq {_direction}"), Source("resource r INDEXED BY resource_updated", "r", $"{stood} AND r.version > 1", After(), order)]
            : [Source("resource r", "r", stood, After(), order)];
        if (request.Page is not null)
        {
            // Elsewhere the current version is shown in the place of the earlier one, for that may have been wrong. In the order of updating it would be shown
            // before its time: a reader who goes on from the last time that was shown would miss what lies between. It comes in its own place there.
            var earlier = Sql($"""
                (SELECT n.seq, n.kind, n.uuid, n.subject, e.bundle, e.offset, e.length, e.version, e.codes, e.start, e.span
                FROM resource n INDEXED BY resource_updated JOIN earlier_version e ON e.seq = n.seq
                WHERE n.version > 1 AND n.bundle > {lastBundle}
                AND e.version = (SELECT max(f.version) FROM earlier_version f WHERE f.seq = n.seq AND f.bundle <= {lastBundle})) r
                """);
            sources.Add(_byUpdate
                ? Source(earlier, "r", Sql($"r.kind = {kind}"), After(), order)
                : Source(earlier + " JOIN resource c ON c.seq = r.seq", "c", Sql($"r.kind = {kind}"), After(), order));
        }

        return sources.Count == 1
            ? sources[0]
            : $"{string.Join(" UNION ALL ", sources.Select(source => $"SELECT * FROM ({source})"))} ORDER BY {ResourceCatalog.ColumnCount + 1} {_direction}, 1 {_direction} LIMIT {request.Count + 1}";
    }

    private string Source(string from, string content, string stood, string after, string order) =>
        $"SELECT {ResourceCatalog.ColumnsOf("r", content)}, {Key} FROM {from} JOIN bundle b ON b.seq = {content}.bundle WHERE {stood}{conditions}{after} ORDER BY {order} LIMIT {request.Count + 1}";

    private string After() => request.Page is not { } page ? ""
        : request.Sort == SearchSort.Stored ? Sql($" AND r.seq {_beyond} {page.Seq}")
        : Sql($" AND ({Key}, r.seq) {_beyond} ({page.Key}, {page.Seq})");

    private string FirstVersions() => request.Page is { } page ? Sql($" AND r.seq {_beyond} {page.First}") : "";

    private static string Sql(FormattableString sql) => FormattableString.Invariant(sql);
}
