using System.Globalization;
using System.Text;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Api;

/// <summary>
/// Turns a search into SQL and runs it. The SQL holds numbers only: every text of the request has been looked up before and become the number
/// of a row, a set of codes or a subject.
/// </summary>
/// <param name="connection">A reader, on which a transaction is open, so that count and page see the same.</param>
/// <param name="request">The search.</param>
/// <param name="baseUrl">The FHIR base, for absolute references.</param>
/// <param name="now">Now.</param>
internal sealed class SearchQuery(SqliteConnection connection, SearchRequest request, string baseUrl, DateTimeOffset now)
{
    // Systems that hubs use; a search by a value alone tries each of them.
    private static readonly string[] IdentifierSystems =
    [
        "", "urn:ietf:rfc:3986", "http://hl7.org/fhir/uv/phd/StructureDefinition/PhdBaseObservation",
        "urn:oid:1.2.840.10004.1.1.1.0.0.1.0.0.1.2680", "http://hl7.org/fhir/sid/eui-48/bluetooth",
    ];

    /// <summary>Rows that matched when the search began.</summary>
    public long Total { get; private set; }

    /// <summary>Where the next page begins; null when there is none.</summary>
    public PageCursor? Next { get; private set; }

    /// <summary>Runs the search.</summary>
    /// <returns>The rows of the page.</returns>
    public IReadOnlyList<StoredResource> Run()
    {
        var conditions = string.Concat(request.Conditions.Select(condition => " AND " + Condition(condition.Name, condition.Values)));
        Total = request.Page?.Total
            ?? Convert.ToInt64(connection.Scalar(Sql($"SELECT count(*) FROM resource r WHERE r.kind = {(int)request.Kind}{conditions}")), CultureInfo.InvariantCulture);
        if (request.CountOnly)
        {
            return [];
        }

        var rows = new SearchPage(request, conditions).Read(connection, request.Page?.LastBundle ?? ResourceCatalog.LastBundle(connection), Total, out var next);
        Next = next;
        return rows;
    }

    private string Condition(string name, IReadOnlyList<string> values) => name switch
    {
        "_id" => In("r.seq", values.SelectMany(ById)),
        "identifier" => In("r.seq", values.SelectMany(ByIdentifier)),
        "code" => In("r.codes", values.SelectMany(ByCode)),
        "subject" => In("r.subject", values.SelectMany(value => BySubject(value, ["Patient", "Device", "Location"]))),
        "patient" => In("r.subject", values.SelectMany(value => BySubject(value, ["Patient"]))),
        "date" => Any(values.Select(value => Date(value).ToSql("r.start", "(r.start + r.span)", MaxSpan(), now))),
        "_lastUpdated" => Any(values.Select(Updated)),
        _ => throw new InvalidOperationException($"No condition for {name}."),
    };

    private IEnumerable<long> ById(string value) =>
        ResourceKey.TryParseUuid(Encoding.UTF8.GetBytes(value), out var key) && ResourceCatalog.Find(connection, key) is { } found ? [found.Seq] : [];

    private IEnumerable<long> ByIdentifier(string value)
    {
        var token = Token(value);
        foreach (var system in token.System is { } one ? [one] : IdentifierSystems)
        {
            if (ResourceKey.TryFromIdentifier(Encoding.UTF8.GetBytes(system), Encoding.UTF8.GetBytes(token.Code), out var key)
                && ResourceCatalog.Find(connection, key) is { } found)
            {
                yield return found.Seq;
            }
        }
    }

    private IEnumerable<long> ByCode(string value)
    {
        var token = Token(value);
        return (token.System, token.Code) switch
        {
            (null, var code) => Numbers("SELECT code_set FROM coding WHERE code = $0", code),
            (var system, "") => Numbers("SELECT code_set FROM coding WHERE system = $0", system),
            var (system, code) => Numbers("SELECT code_set FROM coding WHERE code = $0 AND system = $1", code, system),
        };
    }

    private IEnumerable<long> BySubject(string value, string[] kinds)
    {
        var reference = SearchToken.Split(value, '\0', unescape: true)[0];
        if (reference.StartsWith(baseUrl + "/", StringComparison.Ordinal))
        {
            reference = reference[(baseUrl.Length + 1)..];
        }

        foreach (var kind in kinds)
        {
            var id = reference.StartsWith(kind + "/", StringComparison.Ordinal) ? reference[(kind.Length + 1)..] : reference;
            if (id.Contains('/'))
            {
                continue;
            }

            // A duplicate's uuid leads to the resource that stands for it.
            if (ResourceKey.TryParseUuid(Encoding.UTF8.GetBytes(id), out var key) && ResourceCatalog.Find(connection, key) is { } found)
            {
                id = found.Uuid.ToString();
            }

            foreach (var subject in Numbers("SELECT id FROM subject WHERE reference = $0", $"{kind}/{id}"))
            {
                yield return subject;
            }
        }
    }

    private string Updated(string value)
    {
        // A row names the Bundle of its current version, and Bundles never go back in time: a time is a place in their order.
        var (prefix, start, end) = Date(value);
        if (prefix == "ap")
        {
            var margin = Math.Abs(now.ToUnixTimeMilliseconds() - start) / 10;
            (start, end) = (start - margin, end + margin);
        }

        var (from, to) = (FirstBundle(start), FirstBundle(end));
        return prefix switch
        {
            "gt" or "sa" => Sql($"r.bundle >= {to}"),
            "ge" => Sql($"r.bundle >= {from}"),
            "lt" or "eb" => Sql($"r.bundle < {from}"),
            "le" => Sql($"r.bundle < {to}"),
            "ne" => Sql($"(r.bundle < {from} OR r.bundle >= {to})"),
            _ => Sql($"(r.bundle >= {from} AND r.bundle < {to})"),
        };
    }

    private long FirstBundle(long received) => Numbers("SELECT coalesce(min(seq), 9223372036854775807) FROM bundle WHERE received >= $0", received)[0];

    private long MaxSpan() => Numbers("SELECT coalesce(max(value), 0) FROM figure WHERE name = 'max-span-ms'")[0];

    private List<long> Numbers(string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.Command(sql, values);
        using var row = command.ExecuteReader();
        var numbers = new List<long>();
        while (row.Read())
        {
            numbers.Add(row.GetInt64(0));
        }

        return numbers;
    }

    // The request was checked when it was read.
    private static SearchToken Token(string value) =>
        SearchToken.TryParse(value, out var token) ? token : throw new InvalidOperationException("The token was not checked.");

    private static DateCondition Date(string value) =>
        DateCondition.TryParse(value, out var condition) ? condition : throw new InvalidOperationException("The date was not checked.");

    private static string In(string column, IEnumerable<long> numbers) =>
        $"{column} IN ({string.Join(',', numbers.Distinct().Select(number => number.ToString(CultureInfo.InvariantCulture)))})";

    private static string Any(IEnumerable<string> conditions) => $"({string.Join(" OR ", conditions)})";

    private static string Sql(FormattableString sql) => FormattableString.Invariant(sql);
}
