using System.Text.Json;

namespace HomeHub.CloudRelay.Tests.Api;

/// <summary>Versions as the API serves them.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1));

    private readonly Guid _uuid = Guid.NewGuid();

    [Fact]
    public async Task Reads_and_searches_show_the_current_version_and_the_history_all()
    {
        await using var api = await TakenBackAsync();
        var now = await api.GetAsync($"/fhir/Observation/{_uuid}");
        Assert.Equal(("entered-in-error", "2"), (now.GetProperty("status").GetString(), now.GetProperty("meta").GetProperty("versionId").GetString()));
        Assert.Equal(128, now.GetProperty("component")[0].GetProperty("valueQuantity").GetProperty("value").GetInt32());
        var found = await api.GetAsync("/fhir/Observation?code=85354-9");
        Assert.Equal("entered-in-error", found.GetProperty("entry")[0].GetProperty("resource").GetProperty("status").GetString());
        Assert.Equal([_uuid], await api.FindAsync("/fhir/Observation?_lastUpdated=gt2026-03-14T08:30:00Z"));

        var history = await api.GetAsync($"/fhir/Observation/{_uuid}/_history");
        Assert.Equal(("history", 2), (history.GetProperty("type").GetString(), history.GetProperty("total").GetInt32()));
        Assert.All(history.GetProperty("entry").EnumerateArray(), entry => Assert.Equal($"{api.Address}fhir/Observation/{_uuid}", entry.GetProperty("fullUrl").GetString()));
        JsonElement[] entries = [.. history.GetProperty("entry").EnumerateArray()];
        Assert.Equal(
            [("PUT", $"Observation/{_uuid}", "W/\"2\"", "entered-in-error"), ("POST", "Observation", "W/\"1\"", "final")],
            entries.Select(entry => (
                entry.GetProperty("request").GetProperty("method").GetString()!, entry.GetProperty("request").GetProperty("url").GetString()!,
                entry.GetProperty("response").GetProperty("etag").GetString()!, entry.GetProperty("resource").GetProperty("status").GetString()!)));
        Assert.Equal(
            ["2026-03-14T09:00:00.000Z", "2026-03-14T08:00:00.000Z"],
            entries.Select(entry => entry.GetProperty("resource").GetProperty("meta").GetProperty("lastUpdated").GetString()));
    }

    [Theory]
    [InlineData(1, "final")]
    [InlineData(2, "entered-in-error")]
    public async Task Each_version_is_read_by_its_number(int version, string status)
    {
        await using var api = await TakenBackAsync();
        using var response = await api.Http.GetAsync(new Uri(api.Address, $"/fhir/Observation/{_uuid}/_history/{version}"));
        Assert.Equal($"W/\"{version}\"", response.Headers.ETag!.ToString());
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, json.RootElement.GetProperty("status").GetString());
        Assert.Equal($"{version}", json.RootElement.GetProperty("meta").GetProperty("versionId").GetString());
    }

    [Theory]
    [InlineData("_history/0")]
    [InlineData("_history/3")]
    [InlineData("_history/01")]
    [InlineData("_history/x")]
    public async Task A_version_that_is_not_there_is_not_found(string version)
    {
        await using var api = await TakenBackAsync();
        var problem = await api.GetAsync($"/fhir/Observation/{_uuid}/{version}", 404);
        Assert.Equal("OperationOutcome", problem.GetProperty("resourceType").GetString());
        await api.GetAsync($"/fhir/Observation/{Guid.NewGuid()}/_history", 404);
        await api.GetAsync($"/fhir/Device/{_uuid}/_history", 404);
    }

    [Fact]
    public async Task What_was_never_changed_has_a_history_of_one()
    {
        await using var api = await TakenBackAsync();
        var history = await api.GetAsync($"/fhir/Device/{new SampleBundle().Cuff}/_history");
        Assert.Equal(1, history.GetProperty("total").GetInt32());
        var statement = await api.GetAsync("/fhir/metadata");
        Assert.Equal("versioned", statement.GetProperty("rest")[0].GetProperty("resource")[0].GetProperty("versioning").GetString());
    }

    private async Task<ApiFixture> TakenBackAsync()
    {
        var api = await ApiFixture.StartAsync();
        api.Store.Take(new SampleBundle().WithDevices().WithBloodPressure(_uuid, At));
        api.Store.Now = api.Store.Now.AddHours(1);
        api.Store.Take(new SampleBundle().WithBloodPressure(_uuid, At).TakenBack());
        return api;
    }
}
