using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace HomeHub.Contract.Tests;

/// <summary>Holds docs/asyncapi.yaml against the code, both ways: nothing is documented that is not so, and nothing is so that is not documented.</summary>
public class AsyncApiTests
{
    private static readonly AsyncApiDocument Document = AsyncApiDocument.Load();
    private static readonly Guid Hub = Guid.Parse("0f0e0d0c-0b0a-4909-8807-060504030201");
    private static readonly Guid Bundle = Guid.Parse("a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6");

    [Fact]
    public void It_is_asyncapi_3_and_every_reference_leads_somewhere()
    {
        Assert.StartsWith("3.0.", Document.Text("asyncapi"), StringComparison.Ordinal);
        Assert.NotEmpty(Document.References());
        Assert.All(Document.References(), reference => Assert.NotNull(Document.Follow(reference)));
    }

    [Fact]
    public void Every_address_is_a_topic_of_the_code_and_every_topic_has_an_address()
    {
        var built = new Dictionary<string, string>
        {
            ["bundle"] = Topics.Bundle(Hub, "care-team", Bundle, BundleEncoding.Brotli),
            ["receipt"] = Topics.Receipt(Hub, "care-team"),
            ["status"] = Topics.Status(Hub),
        };
        Assert.Equal(built.Keys.Order(), Document.Keys("channels").Order());
        foreach (var (channel, topic) in built)
        {
            var address = Document.Text("channels", channel, "address")
                .Replace("{hub}", Hub.ToString(), StringComparison.Ordinal)
                .Replace("{recipient}", "care-team", StringComparison.Ordinal)
                .Replace("{bundle}", Bundle.ToString(), StringComparison.Ordinal)
                .Replace("{encoding}", "br", StringComparison.Ordinal);
            Assert.Equal(topic, address);
        }

        // One builder and one reader a channel: a fourth kind of topic must come into the document.
        var methods = typeof(Topics).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name);
        Assert.Equal(
            ["Bundle", "BundleFilter", "IsRecipient", "Receipt", "ReceiptFilter", "SharedBundleFilter", "Status", "TryParseBundle", "TryParseReceipt", "TryParseStatus"],
            methods.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bundle")]
    [InlineData("receipt")]
    [InlineData("status")]
    public void The_parameters_are_those_of_the_address(string channel)
    {
        var inAddress = Document.Text("channels", channel, "address").Split('/').Where(level => level.StartsWith('{')).Select(level => level.Trim('{', '}'));
        Assert.Equal(inAddress.Order(), Document.Keys("channels", channel, "parameters").Order());
    }

    [Fact]
    public void Filters_and_prefix_are_those_of_the_code()
    {
        Assert.Equal(Topics.BundleFilter("care-team"), Document.Text("channels", "bundle", "x-filter").Replace("{recipient}", "care-team", StringComparison.Ordinal));
        Assert.Equal(Topics.SharedBundleFilter("care-team"), Document.Text("channels", "bundle", "x-shared-filter").Replace("{recipient}", "care-team", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Topics.BundleFilter("+"));
        Assert.Equal(Topics.StatusFilter, Document.Text("channels", "status", "x-filter"));
        Assert.Equal(Topics.ReceiptFilter(Hub), Document.Text("channels", "receipt", "x-filter").Replace("{hub}", Hub.ToString(), StringComparison.Ordinal));
        Assert.All(Document.Keys("channels"), channel => Assert.StartsWith(Topics.Prefix, Document.Text("channels", channel, "address"), StringComparison.Ordinal));
        Assert.Contains($"[a-z0-9-]{{1,{ContractLimits.MaxRecipientCharacters}}}", Document.Text("components", "parameters", "recipient", "description"), StringComparison.Ordinal);
    }

    [Fact]
    public void Encodings_are_those_of_the_code() =>
        Assert.Equal(Enum.GetValues<BundleEncoding>().Select(e => e.ToWire()), Document.Texts("channels", "bundle", "parameters", "encoding", "enum"));

    [Fact]
    public void Reasons_are_those_of_the_code() =>
        Assert.Equal(ReasonCodes.All.Select(reason => reason.ToWire()), Document.Texts("components", "schemas", "reason", "enum"));

    [Fact]
    public void Limits_are_those_of_the_code()
    {
        var limits = typeof(ContractLimits).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(f => f.Name, f => (int)f.GetRawConstantValue()!);
        Assert.Equal(limits.Keys.Order(), Document.Keys("x-limits").Order());
        Assert.All(limits, limit => Assert.Equal(limit.Value, int.Parse(Document.Text("x-limits", limit.Key), CultureInfo.InvariantCulture)));
        string[][] entryLists = [["bundle", "properties", "entry"], ["committedReceipt", "properties", "stored"], ["committedReceipt", "properties", "duplicate"], ["rejectedReceipt", "properties", "entries"]];
        Assert.All(entryLists, path => Assert.Equal($"{ContractLimits.MaxEntries}", Document.Text(["components", "schemas", .. path, "maxItems"])));
        Assert.Equal($"{ContractLimits.MaxSoftwareCharacters}", Document.Text("components", "schemas", "hubStatus", "properties", "software", "maxLength"));
    }

    [Fact]
    public void Receipts_have_the_members_that_are_written()
    {
        var committed = Receipt.Committed(Bundle, [Hub], [Bundle]).ToUtf8Bytes();
        AssertMembers(committed, "committedReceipt");
        var rejected = Receipt.Rejected(Bundle, ReasonCode.InvalidEntry, [new(Hub, ReasonCode.NotFhir)]).ToUtf8Bytes();
        AssertMembers(rejected, "rejectedReceipt");
        AssertMembers(Encoding.UTF8.GetBytes(JsonDocument.Parse(rejected).RootElement.GetProperty("entries")[0].GetRawText()), "rejectedEntry");
        Assert.Equal("committed", Document.Text("components", "schemas", "committedReceipt", "properties", "outcome", "const"));
        Assert.Equal("rejected", Document.Text("components", "schemas", "rejectedReceipt", "properties", "outcome", "const"));
    }

    [Fact]
    public void The_status_has_the_members_that_are_written()
    {
        var full = new HubStatusMessage { State = HubState.Online, Software = "0.1.0", At = DateTimeOffset.UnixEpoch, Buffered = 1, Sent = 2, Rejected = 3, Quarantined = 4, Held = 5, SilentDevices = 6, SilentPeople = 7, Audit = "17:0123456789abcdef", Checks = new HubChecks("good", "warning:disk-low", "good", "off", "off") };
        AssertMembers(full.ToUtf8Bytes(), "hubStatus");
        var members = typeof(HubStatusMessage).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        Assert.Equal(members.Order(), Document.Keys("components", "schemas", "hubStatus", "properties").Order());
        Assert.Equal(Enum.GetNames<HubState>().Select(JsonNamingPolicy.CamelCase.ConvertName), Document.Texts("components", "schemas", "hubStatus", "properties", "state", "enum"));
    }

    [Theory]
    [InlineData("committedReceipt")]
    [InlineData("rejectedReceipt")]
    [InlineData("hubStatus")]
    public void What_is_required_is_what_a_reader_asks_for(string schema)
    {
        var whole = schema switch
        {
            "committedReceipt" => Receipt.Committed(Bundle, [Hub], []).ToUtf8Bytes(),
            "rejectedReceipt" => Receipt.Rejected(Bundle, ReasonCode.NotFhir, [new(Hub, ReasonCode.NotFhir)]).ToUtf8Bytes(),
            _ => (new HubStatusMessage { State = HubState.Online, Sent = 1 }).ToUtf8Bytes(),
        };
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(whole)!;
        foreach (var member in members.Keys)
        {
            var without = JsonSerializer.SerializeToUtf8Bytes(members.Where(pair => pair.Key != member).ToDictionary());
            var accepted = schema == "hubStatus" ? HubStatusMessage.TryParse(without, out _) : Receipt.TryParse(without, out _);
            Assert.Equal(accepted, !Document.Texts("components", "schemas", schema, "required").Contains(member));
        }
    }

    [Fact]
    public void Examples_are_read_by_the_code()
    {
        var read = 0;
        foreach (var message in Document.Keys("components", "messages").Where(name => name != "bundleMessage"))
        {
            foreach (var example in (YamlSequenceNode)Document.Node("components", "messages", message, "examples"))
            {
                var json = Encoding.UTF8.GetBytes(AsyncApiDocument.ToJson(example["payload"]));
                Assert.True(message == "hubStatus" ? HubStatusMessage.TryParse(json, out _) : Receipt.TryParse(json, out _), message);
                read++;
            }
        }

        Assert.True(read >= 4);
    }

    [Fact]
    public void Operations_publish_as_the_code_does()
    {
        Assert.All(Document.Keys("operations"), operation => Assert.Equal("1", Document.Text("operations", operation, "bindings", "mqtt", "qos")));
        Assert.Equal("true", Document.Text("operations", "sendStatus", "bindings", "mqtt", "retain"));
        Assert.Equal("false", Document.Text("operations", "sendBundle", "bindings", "mqtt", "retain"));
        Assert.Equal(BundleEncoding.Json.ToContentType(), Document.Text("components", "messages", "bundleMessage", "contentType"));
    }

    private static void AssertMembers(byte[] json, string schema)
    {
        var written = JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name);
        Assert.Equal(written.Order(), Document.Keys("components", "schemas", schema, "properties").Order());
    }
}
