namespace HomeHub.CloudRelay.Tests.Api;

public sealed class SearchTests(SearchTests.Household household) : IClassFixture<SearchTests.Household>
{
    private static readonly Guid Early = Guid.Parse("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Late = Guid.Parse("00000000-0000-4000-8000-000000000002");
    private static readonly Guid Warm = Guid.Parse("00000000-0000-4000-8000-000000000003");
    private static readonly Guid Other = Guid.Parse("00000000-0000-4000-8000-000000000004");
    private static readonly Guid Bits = Guid.Parse("00000000-0000-4000-8000-000000000005");
    private static readonly Guid Clock = Guid.Parse("00000000-0000-4000-8000-000000000006");
    private static readonly SampleBundle Sample = new();
    private readonly ApiFixture _api = household.Api;

    /// <summary>Two patients' readings, in three Bundles an hour apart.</summary>
    public sealed class Household : IAsyncLifetime
    {
        internal ApiFixture Api { get; private set; } = null!;

        public async Task InitializeAsync() => Api = await StartAsync();

        public async Task DisposeAsync() => await Api.DisposeAsync();
    }

    private static async Task<ApiFixture> StartAsync()
    {
        var api = await ApiFixture.StartAsync();
        var store = api.Store;
        store.Take(new SampleBundle().WithDevices()
            .WithBloodPressure(Early, new DateTimeOffset(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1)))
            .WithBloodPressure(Late, new DateTimeOffset(2026, 3, 15, 7, 43, 15, TimeSpan.FromHours(1))));
        store.Now = store.Now.AddHours(1);
        store.Take(new SampleBundle().WithTemperature(Warm, "2026-03-14T08:00:00+01:00", "37.00")
            .WithBits(Bits, Early, "2026-03-14T23:30:00Z", "2026-03-15T00:30:00Z")
            .WithCoincidentTimestamp(Clock, new DateTimeOffset(2026, 3, 14, 7, 45, 0, TimeSpan.FromHours(1))));
        store.Now = store.Now.AddHours(1);
        store.Take(new SampleBundle { Patient = "Patient/p2" }.WithTemperature(Other, "2026-03-16"));
        return api;
    }

    [Theory]
    [InlineData("", "1 2 3 5 6 4")]
    [InlineData("_sort=_lastUpdated", "1 2 3 5 6 4")]
    [InlineData("_sort=-_lastUpdated", "4 6 5 3 2 1")]
    [InlineData("_sort=date", "1 6 3 5 2 4")]
    [InlineData("_sort=-date", "4 2 5 3 6 1")]
    [InlineData("_id=00000000-0000-4000-8000-000000000003", "3")]
    [InlineData("_id=00000000-0000-4000-8000-000000000003,00000000-0000-4000-8000-000000000001,nobody", "1 3")]
    [InlineData("_id=nobody", "")]
    [InlineData("code=150020", "1 2")]
    [InlineData("code=http://loinc.org|85354-9", "1 2")]
    [InlineData("code=urn:iso:std:iso:11073:10101|150020,8310-5", "1 2 3 4")]
    [InlineData("code=http://loinc.org|150020", "")]
    [InlineData("code=http://loinc.org|", "1 2 3 4")]
    [InlineData("code=|150020", "")]
    [InlineData("code=8480-6", "")]
    [InlineData("code=150021", "")]
    [InlineData("subject=Patient/p1", "1 2 3 5")]
    [InlineData("patient=p2", "4")]
    [InlineData("subject=p2", "4")]
    [InlineData("subject=Device/6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a03", "6")]
    [InlineData("patient=Patient/nobody", "")]
    [InlineData("subject=Patient/p1,Patient/p2&code=8310-5", "3 4")]
    [InlineData("identifier=urn:uuid:00000000-0000-4000-8000-000000000003", "3")]
    [InlineData("identifier=urn:ietf:rfc:3986|urn:uuid:00000000-0000-4000-8000-000000000003", "3")]
    [InlineData("identifier=http://hl7.org/fhir/uv/phd/StructureDefinition/PhdBaseObservation|CCBBAAFFFE112233-p1-150020-826789395", "1")]
    [InlineData("identifier=CCBBAAFFFE112233-p1-150020-826789395", "1")]
    [InlineData("identifier=|CCBBAAFFFE112233-p1-150020-826789395", "")]
    [InlineData("date=2026-03-14", "1 3 6")]
    [InlineData("date=eq2026-03-14T06:43:15Z", "1")]
    [InlineData("date=2026-03-14T07:43:15%2B01:00", "1")]
    [InlineData("date=2026-03-14T07:43:15+01:00", "1")]
    [InlineData("date=ne2026-03-14", "2 5 4")]
    [InlineData("date=gt2026-03-14", "2 5 4")]
    [InlineData("date=sa2026-03-14", "2 4")]
    [InlineData("date=lt2026-03-15", "1 3 5 6")]
    [InlineData("date=eb2026-03-15", "1 3 6")]
    [InlineData("date=ge2026-03-15", "2 4")]
    [InlineData("date=le2026-03-14", "1 3 6")]
    [InlineData("date=ge2026-03-15&date=lt2026-03-16", "2")]
    [InlineData("date=2026-03-16,2026-03-15T06:43:15Z", "2 4")]
    [InlineData("date=2026", "1 2 3 5 6 4")]
    [InlineData("date=ap2026-03", "1 2 3 5 6 4")]
    [InlineData("date=ap1990", "")]
    [InlineData("_lastUpdated=ge2026-03-14T09:00:00Z", "3 5 6 4")]
    [InlineData("_lastUpdated=gt2026-03-14T09:00:00Z", "4")]
    [InlineData("_lastUpdated=lt2026-03-14T09:00:00Z", "1 2")]
    [InlineData("_lastUpdated=le2026-03-14T09:00:00Z", "1 2 3 5 6")]
    [InlineData("_lastUpdated=2026-03-14T09:00", "3 5 6")]
    [InlineData("_lastUpdated=ne2026-03-14T09:00", "1 2 4")]
    public async Task A_search_finds(string query, string expected)
    {
        var found = await _api.FindAsync($"fhir/Observation?{query}");
        var ids = string.Join(' ', found.Select(id => id.ToString("D")[^1..]));
        Assert.Equal(query.Contains("_sort", StringComparison.Ordinal) ? expected : string.Join(' ', expected.Split(' ').OrderBy(Stored)), ids);
        var count = await _api.GetAsync($"fhir/Observation?{query}&_summary=count");
        Assert.Equal(found.Count, count.GetProperty("total").GetInt32());
        Assert.False(count.TryGetProperty("entry", out _));

        static int Stored(string id) => "123564".IndexOf(id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_are_not_disturbed_by_what_comes_meanwhile()
    {
        await using var api = await StartAsync();
        foreach (var sort in (string[])["", "&_sort=date", "&_sort=-date", "&_sort=-_lastUpdated"])
        {
            var all = await api.FindAsync($"fhir/Observation?patient=p1{sort}");
            var paged = new List<Guid>();
            var url = $"fhir/Observation?patient=p1&_count=2{sort}";
            while (url is not null)
            {
                var page = await api.GetAsync(url);
                Assert.Equal(all.Count, page.GetProperty("total").GetInt32());
                var entries = page.GetProperty("entry").EnumerateArray().ToList();
                Assert.InRange(entries.Count, 1, 2);
                paged.AddRange(entries.Select(entry => entry.GetProperty("resource").GetProperty("id").GetGuid()));
                url = page.GetProperty("link").EnumerateArray().Where(link => link.GetProperty("relation").GetString() == "next")
                    .Select(link => link.GetProperty("url").GetString()).FirstOrDefault();
                api.Store.Take(new SampleBundle().WithTemperature(Guid.NewGuid(), "2026-03-14T08:00:00Z"));
            }

            Assert.Equal(all, paged);
        }
    }

    [Theory]
    [InlineData("fhir/Observation?status=final", "status")]
    [InlineData("fhir/Observation?subject:Patient=p1", "subject:Patient")]
    [InlineData("fhir/Observation?date=yesterday", "date")]
    [InlineData("fhir/Observation?date=xx2026", "date")]
    [InlineData("fhir/Observation?_count=-1", "_count")]
    [InlineData("fhir/Observation?_count=many", "_count")]
    [InlineData("fhir/Observation?_sort=status", "_sort")]
    [InlineData("fhir/Observation?_summary=text", "_summary")]
    [InlineData("fhir/Observation?_page=7", "_page")]
    [InlineData("fhir/Observation?code=", "code")]
    [InlineData("fhir/Observation?code=a|b|c", "code")]
    [InlineData("fhir/Device?code=1", "code")]
    [InlineData("fhir/Device?identifier=http://hl7.org/fhir/sid/eui-48/bluetooth|", "identifier")]
    [InlineData("fhir/Observation?identifier=|", "identifier")]
    [InlineData("fhir/Observation?_pretty=perhaps", "_pretty")]
    public async Task A_search_that_is_not_served_is_refused_by_name(string path, string parameter)
    {
        var outcome = await _api.GetAsync(path, 400);
        Assert.Equal("OperationOutcome", outcome.GetProperty("resourceType").GetString());
        Assert.Contains(parameter, outcome.GetProperty("issue")[0].GetProperty("diagnostics").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lenient_client_may_ask_for_what_is_not_known()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_api.Address, "fhir/Observation?status=final&_count=1"));
        request.Headers.Add("Prefer", "handling=lenient");
        using var response = await _api.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(200, (int)response.StatusCode);
        Assert.DoesNotContain("status=final", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/fhir+json", "", 200)]
    [InlineData("application/json;q=0.9,application/fhir+xml", "", 200)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "", 200)]
    [InlineData("application/*", "", 200)]
    [InlineData("application/fhir+xml", "", 406)]
    [InlineData("text/html", "", 406)]
    [InlineData("application/fhir+json;q=0", "", 406)]
    [InlineData("application/fhir+xml", "&_format=json&_pretty=true", 200)]
    [InlineData("application/fhir+json", "&_format=xml", 406)]
    public async Task Only_JSON_is_served_and_who_wants_something_else_is_told(string accept, string more, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_api.Address, "fhir/Observation?_count=1" + more));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _api.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/fhir+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Resources_are_served_with_id_meta_and_references_and_otherwise_as_they_came()
    {
        var text = await _api.Http.GetStringAsync(new Uri(_api.Address, $"fhir/Observation/{Warm}"));
        Assert.Contains("\"value\":37.00,\"unit\":\"°C\"", text, StringComparison.Ordinal);
        var warm = await _api.GetAsync($"fhir/Observation/{Warm}");
        Assert.Equal(Warm, warm.GetProperty("id").GetGuid());
        Assert.Equal("1", warm.GetProperty("meta").GetProperty("versionId").GetString());
        Assert.Equal("2026-03-14T09:00:00.000Z", warm.GetProperty("meta").GetProperty("lastUpdated").GetString());
        Assert.Equal($"Device/{Sample.Gateway}", warm.GetProperty("extension")[0].GetProperty("valueReference").GetProperty("reference").GetString());
        Assert.Equal("Patient/p1", warm.GetProperty("subject").GetProperty("reference").GetString());
        Assert.Equal($"urn:uuid:{Warm}", warm.GetProperty("identifier")[0].GetProperty("value").GetString());

        var pressure = await _api.GetAsync($"fhir/Observation/{Early}");
        Assert.EndsWith("PhdCompoundNumericObservation", pressure.GetProperty("meta").GetProperty("profile")[0].GetString(), StringComparison.Ordinal);
        var bits = await _api.GetAsync($"fhir/Observation/{Bits}");
        Assert.Equal($"Observation/{Early}", bits.GetProperty("derivedFrom")[0].GetProperty("reference").GetString());
    }

    [Fact]
    public async Task Devices_are_searched_and_read()
    {
        Assert.Equal([Sample.Gateway, Sample.Cuff], await _api.FindAsync("fhir/Device"));
        Assert.Equal([Sample.Cuff], await _api.FindAsync($"fhir/Device?identifier={SampleBundle.MacSystem}|{Sample.Address}"));
        Assert.Equal([Sample.Cuff], await _api.FindAsync($"fhir/Device?identifier={Sample.SystemId}"));
        Assert.Equal([Sample.Cuff], await _api.FindAsync($"fhir/Device?_id={Sample.Cuff}"));
        Assert.Equal("BPX-100", (await _api.GetAsync($"fhir/Device/{Sample.Cuff}")).GetProperty("modelNumber").GetString());
        Assert.Empty(await _api.FindAsync("fhir/Patient"));
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_writing_is_405()
    {
        await _api.GetAsync($"fhir/Observation/{Guid.NewGuid()}", 404);
        await _api.GetAsync($"fhir/Device/{Early}", 404);
        await _api.GetAsync("fhir/Observation/x", 404);
        await _api.GetAsync("fhir/Encounter", 404);
        foreach (var path in (string[])["fhir/Observation", "fhir", "fhir/Observation/_search", $"fhir/Observation/{Early}"])
        {
            using var response = await _api.Http.PostAsync(new Uri(_api.Address, path), null);
            Assert.Equal(405, (int)response.StatusCode);
            Assert.Contains("GET", response.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task The_capability_statement_names_what_is_served()
    {
        var statement = await _api.GetAsync("fhir/metadata");
        Assert.Equal(("CapabilityStatement", "4.0.1"), (statement.GetProperty("resourceType").GetString(), statement.GetProperty("fhirVersion").GetString()));
        var observation = statement.GetProperty("rest")[0].GetProperty("resource")[0];
        foreach (var parameter in observation.GetProperty("searchParam").EnumerateArray())
        {
            var name = parameter.GetProperty("name").GetString()!;
            await _api.GetAsync($"fhir/Observation?{name}={(name is "date" or "_lastUpdated" ? "2026" : "x")}");
        }
    }
}
