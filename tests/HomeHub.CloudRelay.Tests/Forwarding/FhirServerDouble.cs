using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HomeHub.CloudRelay.Tests.Forwarding;

/// <summary>
/// A double of a FHIR server: takes transactions all or nothing, creates and updates conditionally, checks that every urn:uuid in a Bundle leads to an entry of
/// it, and can be told to refuse.
/// </summary>
internal sealed class FhirServerDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FhirServerDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/r4", (RequestDelegate)TakeAsync);
    }

    /// <summary>Resources by the identifier of their conditional create.</summary>
    public ConcurrentDictionary<string, string> Resources { get; } = new();

    /// <summary>Status for a Bundle; 0 takes it.</summary>
    public Func<JsonElement, int> Refuse { get; set; } = _ => 0;

    /// <summary>Status after a Bundle was taken, as when the answer is lost; 0 says so.</summary>
    public Func<int> Spoil { get; set; } = () => 0;

    /// <summary>Every resource that changed something, in order.</summary>
    public ConcurrentQueue<string> Changes { get; } = new();

    public int Requests { get; private set; }

    public string? Authorization { get; private set; }

    public List<string> Faults { get; } = [];

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/r4";

    public static async Task<FhirServerDouble> StartAsync()
    {
        var server = new FhirServerDouble();
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var bundle = await JsonDocument.ParseAsync(context.Request.Body);
        Authorization = context.Request.Headers.Authorization;
        Requests++;
        var status = Refuse(bundle.RootElement);
        if (status != 0)
        {
            context.Response.StatusCode = status;
            return;
        }

        var entries = bundle.RootElement.GetProperty("entry").EnumerateArray().ToList();
        var urls = entries.Select(entry => entry.GetProperty("fullUrl").GetString()!).ToHashSet();
        lock (Faults)
        {
            if (urls.Count != entries.Count)
            {
                Faults.Add("a fullUrl twice");
            }

            foreach (var entry in entries)
            {
                var request = entry.GetProperty("request");
                var isUpdate = request.GetProperty("method").GetString() == "PUT";
                var condition = isUpdate ? request.GetProperty("url").GetString()!.Split('?')[1] : request.GetProperty("ifNoneExist").GetString()!;
                Faults.AddRange(References(entry.GetProperty("resource")).Where(r => r.StartsWith("urn:uuid:", StringComparison.Ordinal) && !urls.Contains(r)));
                var resource = entry.GetProperty("resource").GetRawText();
                var known = Resources.GetValueOrDefault(condition);
                if (known is null || (isUpdate && known != resource))
                {
                    Resources[condition] = resource;
                    Changes.Enqueue(resource);
                }
            }
        }

        var spoilt = Spoil();
        context.Response.StatusCode = spoilt == 0 ? context.Response.StatusCode : spoilt;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "reference", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
