using System.Text.Json;
using HomeHub.CloudRelay.Api;
using HomeHub.CloudRelay.Tests.Store;
using Microsoft.AspNetCore.Builder;

namespace HomeHub.CloudRelay.Tests.Api;

/// <summary>The API over a real Kestrel on a free port, without a broker.</summary>
internal sealed class ApiFixture : IAsyncDisposable, IRelayHealth
{
    private readonly WebApplication _app;

    private ApiFixture(ApiSecurity? security)
    {
        _app = ApiServer.Build(
            new ListenAddress(System.Net.IPAddress.Loopback, 0, security?.Certificate is not null),
            security ?? new ApiSecurity(null, null, null),
            Store.Store,
            this,
            TimeProvider.System,
            _ => { });
    }

    public StoreFixture Store { get; } = new();

    public Uri Address => ApiServer.Address(_app);

    public HttpClient Http { get; } = new();

    public static async Task<ApiFixture> StartAsync(ApiSecurity? security = null)
    {
        var fixture = new ApiFixture(security);
        await fixture._app.StartAsync();
        return fixture;
    }

    public string? NotReady() => null;

    public async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using var response = await Http.GetAsync(path.StartsWith("http", StringComparison.Ordinal) ? new Uri(path) : new Uri(Address, path));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{path}: {(int)response.StatusCode} {body}");
        Assert.Equal("application/fhir+json", response.Content.Headers.ContentType!.MediaType);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    /// <summary>The ids that a search finds, in order.</summary>
    public async Task<List<Guid>> FindAsync(string query)
    {
        var found = await GetAsync(query);
        Assert.Equal("searchset", found.GetProperty("type").GetString());
        return found.TryGetProperty("entry", out var entries)
            ? [.. entries.EnumerateArray().Select(entry => entry.GetProperty("resource").GetProperty("id").GetGuid())]
            : [];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Store.Dispose();
    }
}
