using System.Text.Json;

namespace HomeHub.CloudRelay.Tests.Api;

/// <summary>Searches and their pages while readings are taken back.</summary>
public sealed class PagingTests
{
    private readonly Guid[] _uuids = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];

    [Fact]
    public async Task What_was_updated_last_is_sorted_and_found_as_last_updated()
    {
        await using var api = await StartAsync();
        Update(api, 0, 2, 0);
        Assert.Equal(Order(1, 3, 4, 5, 6, 7, 0, 2), await api.FindAsync("fhir/Observation?_sort=_lastUpdated"));
        Assert.Equal(Order(2, 0, 7, 6, 5, 4, 3, 1), await api.FindAsync("fhir/Observation?_sort=-_lastUpdated"));
        Assert.Equal(Order(0, 1, 2, 3, 4, 5, 6, 7), await api.FindAsync("fhir/Observation"));
        api.Store.Take(new SampleBundle().WithTemperature(Guid.NewGuid(), "2026-03-10"));
        var found = await api.FindAsync($"fhir/Observation?_sort=_lastUpdated&_lastUpdated=ge2026-03-14T09:00:00Z&_lastUpdated=lt2026-03-14T10:00:00Z");
        Assert.Equal(Order(0, 2), found[..2]);
        Update(api, 2, 5);
        Assert.Equal(_uuids[5], (await api.FindAsync("fhir/Observation?_sort=-_lastUpdated"))[0]);
        Assert.Equal(9, (await api.FindAsync("fhir/Observation?_sort=-_lastUpdated")).Count);
    }

    /// <summary>Each resource once, in the order of the first page, whatever is updated and stored between two pages.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("&_sort=date")]
    [InlineData("&_sort=-date")]
    [InlineData("&_sort=_lastUpdated")]
    [InlineData("&_sort=-_lastUpdated")]
    [InlineData("&_sort=_lastUpdated&date=ge2026-03-02")]
    [InlineData("&_sort=-_lastUpdated&_lastUpdated=lt2026-03-14T10:00:00Z")]
    [InlineData("&code=8310-5&date=lt2026-04")]
    public async Task Pages_stay_as_they_were_when_the_search_began(string search)
    {
        for (var count = 1; count < 5; count++)
        {
            await using var api = await StartAsync();
            Update(api, 3, 1);
            api.Store.Now = api.Store.Now.AddHours(2);
            var all = await api.FindAsync($"fhir/Observation?patient=p1{search}");
            var (paged, round, url) = (new List<Guid>(), 0, $"fhir/Observation?patient=p1&_count={count}{search}");
            while (url is not null)
            {
                var page = await api.GetAsync(url);
                Assert.Equal(all.Count, page.GetProperty("total").GetInt32());
                Assert.Equal(all.Count, (await api.GetAsync(url + "&_summary=count")).GetProperty("total").GetInt32());
                JsonElement[] shown = [.. page.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource"))];
                paged.AddRange(shown.Select(resource => resource.GetProperty("id").GetGuid()));
                url = page.GetProperty("link").EnumerateArray().Where(link => link.GetProperty("relation").GetString() == "next")
                    .Select(link => link.GetProperty("url").GetString()).FirstOrDefault();

                Update(api, round, round % _uuids.Length, (round + 3) % _uuids.Length);
                round++;
                api.Store.Take(new SampleBundle().WithTemperature(Guid.NewGuid(), "2026-03-05"));
            }

            Assert.Equal(all, paged);
        }
    }

    [Fact]
    public async Task What_was_taken_back_between_two_pages_is_shown_so_but_by_its_time_where_that_is_the_order()
    {
        await using var api = await StartAsync();
        string[] next = [.. await Task.WhenAll(NextAsync(api, "date"), NextAsync(api, "_lastUpdated"))];
        Update(api, 1, 7);
        Assert.Equal(("entered-in-error", "2"), await ShownAsync(api, next[0], 7));
        Assert.Equal(("final", "1"), await ShownAsync(api, next[1], 7));
        Assert.Equal([_uuids[7]], await api.FindAsync("fhir/Observation?_sort=_lastUpdated&_lastUpdated=gt2026-03-14T08:30:00Z"));
    }

    [Fact]
    public async Task Large_resources_make_smaller_pages_and_none_is_left_out()
    {
        await using var api = await ApiFixture.StartAsync();
        var note = new string('x', 3 * 1024 * 1024);
        api.Store.Take(new SampleBundle().WithDevices());
        foreach (var uuid in _uuids)
        {
            api.Store.Take(new SampleBundle().WithTemperature(uuid, "2026-03-14").With("\"status\":\"final\"", $"\"status\":\"final\",\"note\":[{{\"text\":\"{note}\"}}]"));
        }

        var (paged, url) = (new List<int>(), "fhir/Observation?_count=500");
        while (url is not null)
        {
            var page = await api.GetAsync(url);
            paged.Add(page.GetProperty("entry").GetArrayLength());
            url = page.GetProperty("link").EnumerateArray().Where(link => link.GetProperty("relation").GetString() == "next")
                .Select(link => link.GetProperty("url").GetString()).FirstOrDefault();
        }

        Assert.Equal([2, 2, 2, 2], paged);
    }

    private static async Task<string> NextAsync(ApiFixture api, string sort)
    {
        var page = await api.GetAsync($"fhir/Observation?_count=4&_sort={sort}");
        return page.GetProperty("link")[1].GetProperty("url").GetString()!;
    }

    private async Task<(string? Status, string? Version)> ShownAsync(ApiFixture api, string url, int which)
    {
        var page = await api.GetAsync(url);
        var shown = page.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).Single(one => one.GetProperty("id").GetGuid() == _uuids[which]);
        return (shown.GetProperty("status").GetString(), shown.GetProperty("meta").GetProperty("versionId").GetString());
    }

    private List<Guid> Order(params int[] order) => [.. order.Select(i => _uuids[i])];

    /// <summary>Eight temperatures, one a day from 1 March on, in two Bundles.</summary>
    private async Task<ApiFixture> StartAsync()
    {
        var api = await ApiFixture.StartAsync();
        var bundles = new[] { new SampleBundle().WithDevices(), new SampleBundle() };
        for (var i = 0; i < _uuids.Length; i++)
        {
            bundles[i / 4].WithTemperature(_uuids[i], $"2026-03-0{i + 1}");
        }

        Array.ForEach(bundles, bundle => api.Store.Take(bundle));
        api.Store.Now = api.Store.Now.AddHours(1);
        return api;
    }

    /// <summary>Each is updated by a Bundle of its own, the first one last; it says another time, value and code than before.</summary>
    private void Update(ApiFixture api, int round, params int[] which)
    {
        foreach (var i in which.Reverse())
        {
            Assert.Null(api.Store.Take(new SampleBundle().WithTemperature(_uuids[i], $"2026-03-1{round % 10}", $"37.{round:D2}").With("\"8310-5\"", $"\"8310-{round}\"").TakenBack()).Reason);
        }
    }
}
