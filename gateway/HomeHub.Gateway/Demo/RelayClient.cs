using System.Net.Http.Json;
using System.Text.Json;

namespace HomeHub.Gateway.Demo;

/// <summary>Asks the relay's FHIR API, as anybody could.</summary>
internal sealed class RelayClient(Uri relay) : IDisposable
{
    /// <summary>Most pages that are followed: bounds the loop whatever the relay answers.</summary>
    private const int MaxPages = 10_000;

    private readonly HttpClient _http = new() { BaseAddress = relay, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>True when the relay answers.</summary>
    public async Task<bool> IsLiveAsync(CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri("/health/live", UriKind.Relative), cancellation).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The ids of all Observations that it has.</summary>
    public async Task<HashSet<Guid>> ListObservationsAsync(CancellationToken cancellation)
    {
        var ids = new HashSet<Guid>();
        Uri? next = new("/fhir/Observation?_count=200", UriKind.Relative);
        for (int page = 0; next is not null && page < MaxPages; page++)
        {
            using JsonDocument bundle = await _http.GetFromJsonAsync<JsonDocument>(next, cancellation).ConfigureAwait(false)
                ?? throw new JsonException("The relay's answer is empty.");
            next = null;
            if (bundle.RootElement.TryGetProperty("entry", out JsonElement entries))
            {
                ids.UnionWith(entries.EnumerateArray().Select(entry => entry.GetProperty("resource").GetProperty("id").GetGuid()));
            }

            foreach (JsonElement link in bundle.RootElement.GetProperty("link").EnumerateArray())
            {
                next = link.GetProperty("relation").GetString() == "next" ? new Uri(link.GetProperty("url").GetString()!, UriKind.RelativeOrAbsolute) : next;
            }
        }

        return ids;
    }

    public void Dispose() => _http.Dispose();
}
