using System.Net.Http.Json;
using System.Text.Json;

namespace HomeHub.Testing.Programs;

/// <summary>The relay's FHIR API, asked as anybody would.</summary>
public sealed class FhirApi(int port) : IDisposable
{
    /// <summary>MDC code of Coincident Timestamps.</summary>
    private const string CoincidentTimestamp = "67975";

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Executable.Patience };

    /// <summary>True when the relay takes Bundles.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>How many Observations a search finds.</summary>
    public async Task<int> CountAsync(string query = "")
    {
        JsonElement bundle = await _http.GetFromJsonAsync<JsonElement>(new Uri($"/fhir/Observation?{query}&_summary=count", UriKind.Relative));
        return bundle.GetProperty("total").GetInt32();
    }

    /// <summary>How many Observations there are without the Coincident Timestamps.</summary>
    public async Task<int> CountMeasurementsAsync() => await CountAsync() - await CountAsync($"code={CoincidentTimestamp}");

    /// <summary>All Observations without the Coincident Timestamps.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListMeasurementsAsync()
    {
        List<JsonElement> found = [];
        Uri? next = new("/fhir/Observation?_count=200", UriKind.Relative);
        while (next is not null)
        {
            JsonElement bundle = await _http.GetFromJsonAsync<JsonElement>(next);
            found.AddRange(bundle.TryGetProperty("entry", out JsonElement entries) ? entries.EnumerateArray().Select(entry => entry.GetProperty("resource")) : []);
            next = bundle.GetProperty("link").EnumerateArray().Where(link => link.GetProperty("relation").GetString() == "next")
                .Select(link => new Uri(link.GetProperty("url").GetString()!, UriKind.RelativeOrAbsolute)).FirstOrDefault();
        }

        return [.. found.Where(one => one.GetProperty("code").GetProperty("coding").EnumerateArray().All(coding => coding.GetProperty("code").GetString() != CoincidentTimestamp))];
    }

    /// <summary>The resources that a search finds, first page.</summary>
    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string query)
    {
        JsonElement bundle = await _http.GetFromJsonAsync<JsonElement>(new Uri($"/fhir/{query}", UriKind.Relative));
        return bundle.TryGetProperty("entry", out JsonElement entries) ? [.. entries.EnumerateArray().Select(entry => entry.GetProperty("resource"))] : [];
    }

    /// <summary>What stands at an address below <c>/fhir</c>.</summary>
    public Task<JsonElement> GetAsync(string address) => _http.GetFromJsonAsync<JsonElement>(new Uri($"/fhir/{address}", UriKind.Relative));

    public void Dispose() => _http.Dispose();
}
