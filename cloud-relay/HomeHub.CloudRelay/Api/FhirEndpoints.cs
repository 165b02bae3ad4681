using System.Globalization;
using System.Text;
using System.Text.Json;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Data.Sqlite;
using Microsoft.Net.Http.Headers;

namespace HomeHub.CloudRelay.Api;

/// <summary>The read-only FHIR R4 API over the store: <c>/fhir/metadata</c>, search, read and history of Observation, Device, Patient, Consent and Location.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The clock.</param>
internal sealed class FhirEndpoints(RelayStore store, TimeProvider clock)
{
    private const string BasePath = "/fhir";

    private static readonly ResourceKind[] Kinds = [ResourceKind.Observation, ResourceKind.Device, ResourceKind.Patient, ResourceKind.Consent, ResourceKind.Location];

    private readonly ResourceCatalog _catalog = new();
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, $"{BasePath}/metadata", context => FhirJson.SendAsync(
            context, StatusCodes.Status200OK, json => CapabilityStatement.Write(json, BaseUrl(context.Request), _started)));
        foreach (var kind in Kinds)
        {
            Get(routes, $"{BasePath}/{kind.Name()}", context => SearchAsync(context, kind));
            Get(routes, $"{BasePath}/{kind.Name()}/{{id}}", context => ReadAsync(context, kind));
            Get(routes, $"{BasePath}/{kind.Name()}/{{id}}/_history", context => HistoryAsync(context, kind));
            Get(routes, $"{BasePath}/{kind.Name()}/{{id}}/_history/{{version}}", context => ReadVersionAsync(context, kind));
        }

        routes.Map($"{BasePath}/{{**rest}}", NotServedAsync);
    }

    private static void Get(IEndpointRouteBuilder routes, string path, RequestDelegate handle) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context => TakesJson(context.Request)
            ? handle(context)
            : FhirJson.SendAsync(context, new(StatusCodes.Status406NotAcceptable, "not-supported", "Only JSON is served."))));

    /// <summary>Whether the answer may be JSON: the Accept header asks for it, for anything, or is not there. <c>_format</c> goes before it.</summary>
    private static bool TakesJson(HttpRequest request) =>
        request.Query.ContainsKey("_format")
        || request.GetTypedHeaders().Accept is not { Count: > 0 } wanted
        || wanted.Any(type => type.Quality != 0
            && (type.MatchesAllTypes || (type.Type == "application" && (type.MatchesAllSubTypes || type.SubTypeWithoutSuffix == "json" || type.Suffix == "json"))));

    private static Task NotServedAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return FhirJson.SendAsync(context, new(StatusCodes.Status404NotFound, "not-found", "Nothing is served at this address."));
        }

        context.Response.Headers.Allow = "GET, HEAD";
        return FhirJson.SendAsync(context, new(StatusCodes.Status405MethodNotAllowed, "not-supported", "This API is read-only."));
    }

    private static string BaseUrl(HttpRequest request) => UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, BasePath);

    private async Task ReadAsync(HttpContext context, ResourceKind kind)
    {
        using var connection = store.OpenReader();
        await (Find(connection, context, kind) is { } found ? SendAsync(context, connection, found) : SendNoneAsync(context, kind));
    }

    private async Task ReadVersionAsync(HttpContext context, ResourceKind kind)
    {
        using var connection = store.OpenReader();
        using var snapshot = connection.BeginTransaction(deferred: true);
        var version = (string)context.Request.RouteValues["version"]!;
        var found = Find(connection, context, kind) is { } resource
            ? ResourceCatalog.Versions(connection, resource.Seq).FirstOrDefault(one => one.Version.ToString(CultureInfo.InvariantCulture) == version)
            : null;
        await (found is not null ? SendAsync(context, connection, found) : SendNoneAsync(context, kind));
    }

    private async Task HistoryAsync(HttpContext context, ResourceKind kind)
    {
        using var connection = store.OpenReader();
        using var snapshot = connection.BeginTransaction(deferred: true);
        if (Find(connection, context, kind) is not { } found)
        {
            await SendNoneAsync(context, kind);
            return;
        }

        var versions = ResourceCatalog.Versions(connection, found.Seq);
        var baseUrl = BaseUrl(context.Request);
        await FhirJson.SendAsync(context, StatusCodes.Status200OK, json => HistoryBundle.Write(json, baseUrl, $"{kind.Name()}/{found.Uuid}", versions, version => Render(connection, version, [])));
    }

    private static StoredResource? Find(SqliteConnection connection, HttpContext context, ResourceKind kind) =>
        ResourceKey.TryParseUuid(Encoding.UTF8.GetBytes((string)context.Request.RouteValues["id"]!), out var key)
        && ResourceCatalog.Find(connection, key) is { } found && found.Kind == kind
            ? found
            : null;

    private static Task SendNoneAsync(HttpContext context, ResourceKind kind) =>
        FhirJson.SendAsync(context, new(StatusCodes.Status404NotFound, "not-found", $"No {kind.Name()} with this id, or no such version of it."));

    private Task SendAsync(HttpContext context, SqliteConnection connection, StoredResource resource)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"{resource.Version}\"");
        context.Response.GetTypedHeaders().LastModified = resource.Received;
        return FhirJson.SendAsync(context, StatusCodes.Status200OK, Render(connection, resource, []));
    }

    private async Task SearchAsync(HttpContext context, ResourceKind kind)
    {
        var lenient = context.Request.Headers["Prefer"].ToString().Contains("handling=lenient", StringComparison.Ordinal);
        if (SearchRequest.Parse(kind, context.Request.Query, lenient, out var problem) is not { } request)
        {
            await FhirJson.SendAsync(context, problem!);
            return;
        }

        using var connection = store.OpenReader();
        using var snapshot = connection.BeginTransaction(deferred: true);
        var baseUrl = BaseUrl(context.Request);
        var query = new SearchQuery(connection, request, baseUrl, clock.GetUtcNow());
        var rows = query.Run();
        await FhirJson.SendAsync(context, StatusCodes.Status200OK, json => WriteSearchset(json, connection, baseUrl, request, query, rows));
    }

    private void WriteSearchset(
        Utf8JsonWriter json, SqliteConnection connection, string baseUrl, SearchRequest request, SearchQuery query, IReadOnlyList<StoredResource> rows)
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "searchset"u8);
        json.WriteNumber("total"u8, query.Total);
        json.WriteStartArray("link"u8);
        WriteLink(json, "self"u8, baseUrl, request, request.Page);
        if (query.Next is { } next)
        {
            WriteLink(json, "next"u8, baseUrl, request, next);
        }

        json.WriteEndArray();
        if (rows.Count > 0)
        {
            var known = new Dictionary<ResourceKey, StoredResource?>();
            json.WriteStartArray("entry"u8);
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("fullUrl"u8, string.Create(CultureInfo.InvariantCulture, $"{baseUrl}/{row.Kind.Name()}/{row.Uuid}"));
                json.WritePropertyName("resource"u8);
                json.WriteRawValue(Render(connection, row, known).Span, skipInputValidation: true);
                json.WriteStartObject("search"u8);
                json.WriteString("mode"u8, "match"u8);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, ReadOnlySpan<byte> relation, string baseUrl, SearchRequest request, PageCursor? page)
    {
        var query = new QueryBuilder(request.Used);
        if (page is { } cursor)
        {
            query.Add("_page", cursor.ToString());
        }

        json.WriteStartObject();
        json.WriteString("relation"u8, relation);
        json.WriteString("url"u8, $"{baseUrl}/{request.Kind.Name()}{query}");
        json.WriteEndObject();
    }

    private ReadOnlyMemory<byte> Render(SqliteConnection connection, StoredResource resource, Dictionary<ResourceKey, StoredResource?> known) =>
        ResourceRenderer.Render(_catalog.Json(connection, resource).Span, resource, uuid =>
        {
            if (!known.TryGetValue(uuid, out var target))
            {
                target = ResourceCatalog.Find(connection, uuid);
                known.Add(uuid, target);
            }

            return target;
        });
}
