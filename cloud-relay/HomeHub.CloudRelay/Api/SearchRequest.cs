using System.Globalization;
using HomeHub.CloudRelay.Bundles;
using Microsoft.Extensions.Primitives;

namespace HomeHub.CloudRelay.Api;

/// <summary>A search as the query string says it, checked. Values are still text where the store is needed to read them.</summary>
internal sealed class SearchRequest
{
    /// <summary>Entries a page when the request does not say.</summary>
    public const int DefaultCount = 50;

    /// <summary>Most entries a page; a request for more gets this many, as FHIR allows.</summary>
    public const int MaxCount = 500;

    /// <summary>Most values of all parameters together.</summary>
    public const int MaxValues = 200;

    private const string PageParameter = "_page";

    private SearchRequest(ResourceKind kind) => Kind = kind;

    /// <summary>What is searched.</summary>
    public ResourceKind Kind { get; }

    /// <summary>The conditions: all of them hold, each for at least one of its values.</summary>
    public List<(string Name, IReadOnlyList<string> Values)> Conditions { get; } = [];

    /// <summary>Entries a page.</summary>
    public int Count { get; private set; } = DefaultCount;

    /// <summary>Only the total is asked for.</summary>
    public bool CountOnly { get; private set; }

    /// <summary>The order.</summary>
    public SearchSort Sort { get; private set; }

    /// <summary>The latest first.</summary>
    public bool Descending { get; private set; }

    /// <summary>Where the page before ended.</summary>
    public PageCursor? Page { get; private set; }

    /// <summary>The parameters as they were used: the self link.</summary>
    public List<KeyValuePair<string, string>> Used { get; } = [];

    /// <summary>Reads a query string.</summary>
    /// <param name="kind">What is searched.</param>
    /// <param name="query">The parameters.</param>
    /// <param name="lenient">Pass over parameters that are not known, as <c>Prefer: handling=lenient</c> asks.</param>
    /// <param name="problem">Why not.</param>
    /// <returns>Null when the request is wrong.</returns>
    public static SearchRequest? Parse(
        ResourceKind kind, IEnumerable<KeyValuePair<string, StringValues>> query, bool lenient, out FhirProblem? problem)
    {
        var request = new SearchRequest(kind);
        problem = null;
        foreach (var (name, values) in query)
        {
            foreach (var value in values)
            {
                problem = request.Take(name, value ?? "", out var known);
                if (problem is not null && (known || !lenient))
                {
                    return null;
                }

                problem = null;
                if (known && name != PageParameter)
                {
                    request.Used.Add(new(name, value ?? ""));
                }
            }
        }

        if (request.Conditions.Sum(condition => condition.Values.Count) > MaxValues)
        {
            problem = new(StatusCodes.Status400BadRequest, "too-costly", $"More than {MaxValues} values in one search.");
            return null;
        }

        return request;
    }

    private FhirProblem? Take(string name, string value, out bool known)
    {
        known = true;
        switch (name)
        {
            case "_id" or "identifier" or "_lastUpdated":
            case "code" or "subject" or "patient" or "date" when Kind == ResourceKind.Observation:
            case "patient" when Kind == ResourceKind.Consent:
                return TakeCondition(name, value);
            case "_count":
                return TakeCount(value);
            case "_sort":
                return TakeSort(value);
            case "_summary":
                CountOnly |= value == "count";
                return value is "count" or "false" ? null : FhirProblem.BadValue(name, "count or false is served");
            case "_total":
                return value is "none" or "estimate" or "accurate" ? null : FhirProblem.BadValue(name, "none, estimate or accurate");
            case "_format":
                return value is "json" or "application/json" or "application/fhir+json" or "application/fhir json"
                    ? null
                    : new(StatusCodes.Status406NotAcceptable, "not-supported", "Only JSON is served.");
            case "_pretty":
                return value is "true" or "false" ? null : FhirProblem.BadValue(name, "true or false");
            case PageParameter:
                Page = PageCursor.TryParse(value, out var cursor) ? cursor : null;
                return Page is null ? FhirProblem.BadValue(name, "not a page of this server") : null;
            default:
                known = false;
                return new(StatusCodes.Status400BadRequest, "not-supported", $"Parameter {Printable(name)} is not supported for {Kind.Name()}.");
        }
    }

    private FhirProblem? TakeCondition(string name, string value)
    {
        var values = SearchToken.Split(value, ',', unescape: false);
        if (values.Any(string.IsNullOrEmpty))
        {
            return FhirProblem.BadValue(name, "a value is missing");
        }

        var good = name switch
        {
            "date" or "_lastUpdated" => values.All(each => DateCondition.TryParse(each, out _)),
            "code" or "identifier" => values.All(each => SearchToken.TryParse(each, out _)),
            _ => true,
        };
        if (!good)
        {
            return FhirProblem.BadValue(name, name is "code" or "identifier" ? "not a token" : "prefix (eq ne gt lt ge le sa eb ap) and a date");
        }

        if (name == "identifier" && values.Any(each => SearchToken.TryParse(each, out var token) && token.Code.Length == 0))
        {
            return FhirProblem.BadValue(name, "a value is needed, not a system alone");
        }

        Conditions.Add((name, values));
        return null;
    }

    private FhirProblem? TakeCount(string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return FhirProblem.BadValue("_count", "a number, not negative");
        }

        Count = Math.Min(count, MaxCount);
        CountOnly |= count == 0;
        return null;
    }

    private FhirProblem? TakeSort(string value)
    {
        Descending = value.StartsWith('-');
        Sort = value switch
        {
            "date" or "-date" when Kind == ResourceKind.Observation => SearchSort.Date,
            "_lastUpdated" or "-_lastUpdated" => SearchSort.LastUpdated,
            _ => SearchSort.Stored,
        };
        return Sort != SearchSort.Stored
            ? null
            : FhirProblem.BadValue("_sort", Kind == ResourceKind.Observation ? "date, -date, _lastUpdated or -_lastUpdated" : "_lastUpdated or -_lastUpdated");
    }

    /// <summary>A name fit for a message: what came in over the network is not repeated at any length.</summary>
    private static string Printable(string name) =>
        name.Length <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.') ? name : "(unreadable)";
}
