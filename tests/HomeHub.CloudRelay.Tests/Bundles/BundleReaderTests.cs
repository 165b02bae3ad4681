using System.Text;
using System.Text.Json;
using HomeHub.CloudRelay.Bundles;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Tests.Bundles;

public sealed class BundleReaderTests
{
    private static readonly Guid Uuid = Guid.Parse("0d5f0f6e-2a6e-4b7c-8d0e-5a8c7f1b2c3d");
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1));

    [Fact]
    public void Entries_are_read_with_what_the_store_needs()
    {
        var sample = new SampleBundle().WithDevices().WithBloodPressure(Uuid, At);
        var parsed = new ParsedBundle();
        Assert.Null(sample.Read(parsed));
        Assert.Equal([ResourceKind.Device, ResourceKind.Device, ResourceKind.Observation], parsed.Entries.Select(e => e.Kind));
        var entry = parsed.Entries[2];
        Assert.Equal(Uuid, entry.Uuid.ToGuid());
        Assert.Equal("Patient/p1", entry.Subject);
        Assert.Equal([("urn:iso:std:iso:11073:10101", "150020"), ("http://loinc.org", "85354-9")], entry.Codes!.Codings);
        Assert.Equal(At.ToUnixTimeMilliseconds(), entry.Start);
        Assert.Equal(1000, entry.End - entry.Start);
        Assert.Equal([sample.Gateway, sample.Cuff], parsed.References.Where(r => r.Entry == 2).Select(r => r.Target.ToGuid()));
        Assert.Equal(2, parsed.Identifiers.Count(i => i.Entry == 1));
        var slice = Encoding.UTF8.GetString(sample.Bytes().AsSpan(entry.Offset, entry.Length));
        using var resource = JsonDocument.Parse(slice);
        Assert.Equal("Observation", resource.RootElement.GetProperty("resourceType").GetString());
        using var request = JsonDocument.Parse(sample.Bytes().AsMemory(entry.RequestOffset, entry.RequestLength));
        Assert.Equal("POST", request.RootElement.GetProperty("method").GetString());
    }

    [Fact]
    public void The_order_of_members_does_not_matter()
    {
        var entry = $$$"""
            {"request":{"ifNoneExist":"identifier=urn:ietf:rfc:3986|urn:uuid:{{{Uuid}}}","url":"Observation","method":"POST"},
             "resource":{"effectivePeriod":{"end":"2026-03-14T08:13:15Z","start":"2026-03-14T07:43:15Z"},"subject":{"reference":"Patient/p1"},
               "code":{"text":"t","coding":[{"code":"1","system":"s"}]},"status":"final",
               "identifier":[{"value":"urn:uuid:{{{Uuid}}}","system":"urn:ietf:rfc:3986"}],"resourceType":"Observation"},
             "fullUrl":"urn:uuid:{{{Uuid}}}"}
            """;
        var parsed = new ParsedBundle();
        Assert.Null(new SampleBundle().AddRaw(entry).Read(parsed));
        Assert.Equal(30 * 60_000 + 1_000, parsed.Entries[0].End - parsed.Entries[0].Start);
        Assert.Equal(parsed.Entries[0].Uuid, parsed.Entries[0].Identity);
    }

    [Theory]
    [InlineData("finished", ReasonCode.InvalidEntry)]
    [InlineData("entered-in-error", null)]
    public void A_status_before_the_type_is_read_too(string status, ReasonCode? reason)
    {
        var sample = new SampleBundle().WithTemperature(Uuid, "2026-03-14").With("\"status\":\"final\",", "")
            .With("{\"resourceType\":\"Observation\"", $"{{\"status\":\"{status}\",\"resourceType\":\"Observation\"");
        var parsed = new ParsedBundle();
        Assert.Equal(reason, sample.Read(parsed));
        Assert.Equal(reason is null, parsed.Entries[0].IsEnteredInError);
    }

    [Fact]
    public void Codings_that_only_look_alike_when_put_together_are_different_ones()
    {
        CodeSet[] sets =
        [
            CodeSet.Of([("a", "b|c")]), CodeSet.Of([("a|b", "c")]), CodeSet.Of([("a", "b\nc|d")]), CodeSet.Of([("a", "b"), ("c", "d")]),
            CodeSet.Of([("a\\", "c")]), CodeSet.Of([("a\\p", "c")]), CodeSet.Of([("a", "b\\pc")]),
        ];
        Assert.Equal(sets.Length, sets.DistinctBy(set => set.Canonical).Count());
        Assert.Equal("http://loinc.org|8310-5", CodeSet.Of([("http://loinc.org", "8310-5")]).Canonical);
    }

    [Fact]
    public void Escaped_texts_are_read_as_what_they_say()
    {
        var json = new SampleBundle().WithTemperature(Uuid, "2026-03-14T07:55:40+01:00").Json().Replace("+01:00", "\\u002B01:00", StringComparison.Ordinal);
        var parsed = new ParsedBundle();
        Assert.Null(new BundleReader().Read(Encoding.UTF8.GetBytes(json), Guid.Empty, parsed));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 6, 55, 40, TimeSpan.Zero).ToUnixTimeMilliseconds(), parsed.Entries[0].Start);
    }

    [Fact]
    public void An_identifier_with_an_offset_is_found_behind_its_percent_sign()
    {
        var parsed = new ParsedBundle();
        Assert.Null(new SampleBundle().WithBloodPressure(Uuid, At, value: "CCBBAAFFFE112233-P0042-urn:oid:2.999.10.20.30-150020-826789330+4").Read(parsed));
    }

    public static TheoryData<string, string, ReasonCode> Spoiled => new()
    {
        { "\"status\":\"final\"", "\"status\":\"finished\"", ReasonCode.InvalidEntry },
        { "\"status\":\"final\",", "", ReasonCode.InvalidEntry },
        { "\"effectiveDateTime\":\"2026-03-14T07:55:40+01:00\",", "", ReasonCode.InvalidEntry },
        { "2026-03-14T07:55:40+01:00", "2026-02-30T07:55:40+01:00", ReasonCode.InvalidEntry },
        { "\"subject\":{\"reference\":\"Patient/p1\"},", "", ReasonCode.InvalidEntry },
        { "\"subject\":{\"reference\":\"Patient/p1\"},", "\"subject\":{\"reference\":\"Patient/p1\"},\"subject\":{\"reference\":\"Patient/p2\"},", ReasonCode.InvalidEntry },
        { "\"reference\":\"Patient/p1\"", "\"reference\":\"Group/g1\"", ReasonCode.InvalidEntry },
        { "\"reference\":\"Patient/p1\"", "\"r\\u0065ference\":\"Patient/p1\"", ReasonCode.InvalidEntry },
        { "\"coding\":[{\"system\":\"urn:iso:std:iso:11073:10101\",\"code\":\"188424\",\"display\":\"MDC_TEMP_ORAL\"},{\"system\":\"http://loinc.org\",\"code\":\"8310-5\"}]", "\"coding\":[]", ReasonCode.InvalidEntry },
        { "\"valueQuantity\"", "\"dataAbsentReason\":{\"coding\":[{\"code\":\"unknown\"}]},\"valueQuantity\"", ReasonCode.InvalidEntry },
        { "\"method\":\"POST\"", "\"method\":\"PUT\"", ReasonCode.InvalidEntry },
        { "\"url\":\"Observation\"", "\"url\":\"Device\"", ReasonCode.InvalidEntry },
        { "\"resourceType\":\"Observation\"", "\"resourceType\":\"Encounter\"", ReasonCode.UnsupportedResource },
        { "\"resourceType\":\"Observation\",", "", ReasonCode.NotFhir },
        { ",\"ifNoneExist\"", ",\"ifMatch\"", ReasonCode.MissingIdentifier },
        { "\"ifNoneExist\":\"identifier=urn:ietf:rfc:3986|urn:uuid:0", "\"ifNoneExist\":\"identifier=urn:ietf:rfc:3986|urn:uuid:1", ReasonCode.MissingIdentifier },
        { "\"identifier\":[{", "\"note\":[{", ReasonCode.MissingIdentifier },
        { "\"type\":\"transaction\"", "\"type\":\"batch\"", ReasonCode.NotATransaction },
        { "{\"resourceType\":\"Bundle\"", "{\"resourceType\":\"List\"", ReasonCode.NotFhir },
        { "{\"resourceType\":\"Bundle\"", "{\"id\":\"11111111-2222-3333-4444-555555555555\",\"resourceType\":\"Bundle\"", ReasonCode.BundleMismatch },
        { "\"value\":36.80", "\"value\":36.80,\"value\":39.80", ReasonCode.NotFhir },
        { "\"valueQuantity\":{", "\"valueQuantity\":{\"value\":39.80},\"valueQuantity\":{", ReasonCode.NotFhir },
        { "\"value\":36.80", "\"value\":36.80,\"v\\u0061lue\":39.80", ReasonCode.InvalidEntry },
        { "\"method\":\"POST\"", "\"method\":\"POST\",\"meth\\u006fd\":\"POST\"", ReasonCode.NotFhir },
        { "\"ifNoneExist\":", "\"ifNoneExist\":\"identifier=urn:ietf:rfc:3986|x\",\"ifNoneExist\":", ReasonCode.NotFhir },
        { "{\"resourceType\":\"Bundle\"", "{\"entry\":[],\"resourceType\":\"Bundle\"", ReasonCode.NotFhir },
        { "{\"resourceType\":\"Observation\"", "{\"id\":\"a\",\"id\":\"b\",\"resourceType\":\"Observation\"", ReasonCode.NotFhir },
        { "{\"resourceType\":\"Observation\"", "{\"language\":\"sv\",\"resourceType\":\"Observation\",\"note\":[{\"text\":\"a\"},{\"text\":\"a\",\"text\":\"b\"}]", ReasonCode.NotFhir },
        { "{\"resourceType\":\"Observation\"", $"{{{string.Concat(Enumerable.Range(0, UniqueNames.MaxMembers).Select(i => $"\"m{i}\":0,"))}\"resourceType\":\"Observation\"", ReasonCode.NotFhir },
        { "{\"resourceType\":\"Observation\"", $"{{\"deep\":{new string('[', 40)}{new string(']', 40)},\"resourceType\":\"Observation\"", ReasonCode.NotJson },
        { "\"code\":\"188424\"", $"\"code\":\"{new string('1', 1025)}\"", ReasonCode.InvalidEntry },
        { "36.80", "36,80", ReasonCode.NotJson },
        { "\"°C\"", "\"°C", ReasonCode.NotJson },
        { "]}", "]}]", ReasonCode.NotJson },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public void What_is_wrong_has_a_code(string good, string bad, ReasonCode reason)
    {
        var json = new SampleBundle().WithTemperature(Uuid, "2026-03-14T07:55:40+01:00").Json();
        Assert.Contains(good, json, StringComparison.Ordinal);
        var at = good == "]}" ? json.LastIndexOf(good, StringComparison.Ordinal) : json.IndexOf(good, StringComparison.Ordinal);
        json = json[..at] + bad + json[(at + good.Length)..];
        Assert.Equal(reason, new BundleReader().Read(Encoding.UTF8.GetBytes(json), Guid.NewGuid(), new ParsedBundle()));
    }

    [Fact]
    public void Every_bad_entry_is_named_and_no_good_one()
    {
        var (bad, good) = (Guid.NewGuid(), Guid.NewGuid());
        var sample = new SampleBundle().WithTemperature(good, "2026-03-14").WithTemperature(bad, "yesterday").WithTemperature(Uuid, "never");
        var parsed = new ParsedBundle();
        Assert.Equal(ReasonCode.InvalidEntry, sample.Read(parsed));
        Assert.Equal([new(bad, ReasonCode.InvalidEntry), new(Uuid, ReasonCode.InvalidEntry)], parsed.RejectedEntries());
    }

    [Fact]
    public void The_same_fullUrl_twice_is_refused() => Assert.Equal(
        ReasonCode.InvalidEntry, new SampleBundle().WithTemperature(Uuid, "2026-03-14").WithTemperature(Uuid, "2026-03-14").Read(new ParsedBundle()));

    [Fact]
    public void More_entries_than_allowed_are_too_large()
    {
        var sample = new SampleBundle();
        for (var i = 0; i <= ContractLimits.MaxEntries; i++)
        {
            sample.WithTemperature(Guid.NewGuid(), "2026-03-14");
        }

        Assert.Equal(ReasonCode.TooLarge, sample.Read(new ParsedBundle()));
    }

    [Fact]
    public void Octets_that_are_no_utf8_are_no_json()
    {
        var bytes = new SampleBundle().WithTemperature(Uuid, "2026-03-14").Bytes();
        bytes[Array.IndexOf(bytes, (byte)0xC2)] = 0xFF;
        Assert.Equal(ReasonCode.NotJson, new BundleReader().Read(bytes, Guid.Empty, new ParsedBundle()));
    }

    [Fact]
    public void Nothing_makes_the_reader_throw()
    {
        // Seeded: every octet of a good Bundle damaged once, and the Bundle cut off everywhere.
        var random = new Random(11);
        var good = new SampleBundle().WithDevices().WithBloodPressure(Uuid, At).WithBits(Guid.NewGuid(), Uuid, "2026", "2027").Bytes();
        var reader = new BundleReader();
        var parsed = new ParsedBundle();
        var refused = 0;
        for (var i = 0; i < good.Length; i++)
        {
            var damaged = good.ToArray();
            damaged[i] = (byte)"{}[]\",:0\\\u007f"[random.Next(10)];
            refused += reader.Read(damaged, Guid.Empty, parsed) is null ? 0 : 1;
            Assert.NotNull(reader.Read(good.AsSpan(0, i), Guid.Empty, parsed));
        }

        Assert.True(refused > good.Length / 4);
        Assert.Null(reader.Read(good, Guid.Empty, parsed));
    }
}
