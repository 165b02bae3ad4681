using System.Text;

namespace HomeHub.Contract.Tests;

public class ReceiptTests
{
    private const string B = "a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6";
    private const string E = "00000000-0000-5000-8000-000000000001";
    private static readonly Guid Bundle = Guid.Parse(B);
    private static readonly Guid Entry = Guid.Parse(E);

    [Fact]
    public void Committed_is_as_written_and_reads_back()
    {
        var receipt = Receipt.Committed(Bundle, [Entry, Bundle], [Entry]);
        var payload = receipt.ToUtf8Bytes();
        Assert.Equal($$"""{"bundle":"{{B}}","outcome":"committed","stored":["{{E}}","{{B}}"],"duplicate":["{{E}}"]}""", Encoding.UTF8.GetString(payload));
        Assert.True(Receipt.TryParse(payload, out var back));
        Assert.Equal(receipt, back);
        Assert.Equal(receipt.GetHashCode(), back.GetHashCode());
    }

    [Fact]
    public void Rejected_is_as_written_and_reads_back()
    {
        var receipt = Receipt.Rejected(Bundle, ReasonCode.InvalidEntry, [new(Entry, ReasonCode.UnknownReference)]);
        var payload = receipt.ToUtf8Bytes();
        Assert.Equal(
            $$"""{"bundle":"{{B}}","outcome":"rejected","reason":"invalid-entry","entries":[{"entry":"{{E}}","reason":"unknown-reference"}]}""",
            Encoding.UTF8.GetString(payload));
        Assert.True(Receipt.TryParse(payload, out var back));
        Assert.Equal(receipt, back);
    }

    [Fact]
    public void Every_reason_reads_back()
    {
        foreach (var reason in ReasonCodes.All)
        {
            Assert.True(Receipt.TryParse(Receipt.Rejected(Bundle, reason).ToUtf8Bytes(), out var back));
            Assert.Equal(reason, back.Reason);
            Assert.Empty(back.Entries);
        }
    }

    [Fact]
    public void The_largest_receipts_fit_a_message()
    {
        var uuids = Enumerable.Range(0, ContractLimits.MaxEntries).Select(_ => Guid.NewGuid()).ToArray();
        var committed = Receipt.Committed(Bundle, uuids, []).ToUtf8Bytes();
        var rejected = Receipt.Rejected(Bundle, ReasonCode.UnsupportedResource, [.. uuids.Select(u => new RejectedEntry(u, ReasonCode.UnsupportedResource))]).ToUtf8Bytes();
        Assert.InRange(committed.Length, 1, ContractLimits.MaxPayloadBytes);
        Assert.InRange(rejected.Length, 1, ContractLimits.MaxPayloadBytes);
        Assert.True(Receipt.TryParse(committed, out var c) && c.Stored.Count == ContractLimits.MaxEntries);
        Assert.True(Receipt.TryParse(rejected, out var r) && r.Entries.Count == ContractLimits.MaxEntries);
        Assert.Throws<ArgumentOutOfRangeException>(() => Receipt.Committed(Bundle, uuids, [Entry]));
    }

    [Fact]
    public void Order_blanks_unknown_members_and_newer_reasons_are_accepted()
    {
        var json = $$""" { "x": {"y":[1,{"z":null}]}, "reason" : "of-next-year", "outcome":"rejected", "bundle":"{{B}}", "entries":[{"n":1,"reason":"too-large","entry":"{{E}}"}] } """;
        Assert.True(Receipt.TryParse(Encoding.UTF8.GetBytes(json), out var receipt));
        Assert.Equal(Receipt.Rejected(Bundle, ReasonCode.InvalidEntry, [new(Entry, ReasonCode.TooLarge)]), receipt);
    }

    public static TheoryData<string> Bad => new()
    {
        "", " ", "null", "[]", "{}", "{", "\"a\"", "{\"bundle\"", "{\"bundle\":\"",
        $$"""{"bundle":"{{B}}"}""",
        $$"""{"bundle":"{{B}}","outcome":"committed"}""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":[],"duplicate":[],"reason":"not-json"}""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":["x"],"duplicate":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":[1],"duplicate":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":{},"duplicate":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":[],"duplicate":[]} x""",
        $$"""{"bundle":"{{B}}","outcome":"committed","stored":[],"duplicate":[]}{}""",
        $$"""{"bundle":"{{B}}","bundle":"{{B}}","outcome":"committed","stored":[],"duplicate":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"stored","stored":[],"duplicate":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"rejected"}""",
        $$"""{"bundle":"{{B}}","outcome":"rejected","reason":"No Code"}""",
        $$"""{"bundle":"{{B}}","outcome":"rejected","reason":"\ud800"}""",
        $$"""{"bundle":"{{B}}","outcome":"rejected","reason":"not-json","stored":[]}""",
        $$"""{"bundle":"{{B}}","outcome":"rejected","reason":"not-json","entries":[{}]}""",
        $$"""{"bundle":"{{B}}","outcome":"rejected","reason":"not-json","entries":[{"entry":"{{E}}"}]}""",
        $$"""{"bundle":"not a uuid","outcome":"committed","stored":[],"duplicate":[]}""",
        """{"\ud800":1}""",
        new string('[', 64),
        "{\"x\":" + new string('[', 64) + new string(']', 64) + "}",
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Anything_else_is_no_receipt(string json) => Assert.False(Receipt.TryParse(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Too_many_entries_or_bytes_are_no_receipt()
    {
        var many = string.Join(',', Enumerable.Repeat($"\"{E}\"", ContractLimits.MaxEntries + 1));
        Assert.False(Receipt.TryParse(Encoding.UTF8.GetBytes($$"""{"bundle":"{{B}}","outcome":"committed","stored":[{{many}}],"duplicate":[]}"""), out _));
        var half = string.Join(',', Enumerable.Repeat($"\"{E}\"", (ContractLimits.MaxEntries / 2) + 1));
        Assert.False(Receipt.TryParse(Encoding.UTF8.GetBytes($$"""{"bundle":"{{B}}","outcome":"committed","stored":[{{half}}],"duplicate":[{{half}}]}"""), out _));
        var padded = Encoding.UTF8.GetBytes(new string(' ', ContractLimits.MaxPayloadBytes) + Encoding.UTF8.GetString(Receipt.Committed(Bundle, [], []).ToUtf8Bytes()));
        Assert.False(Receipt.TryParse(padded, out _));
    }

    [Fact]
    public void Damaged_receipts_never_throw()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        var whole = Receipt.Rejected(Bundle, ReasonCode.InvalidEntry, [new(Entry, ReasonCode.UnknownReference)]).ToUtf8Bytes();
        for (var run = 0; run < 20_000; run++)
        {
            var damaged = whole.AsSpan(0, random.Next(whole.Length + 1)).ToArray();
            for (var flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            if (Receipt.TryParse(damaged, out var receipt))
            {
                // What it still takes for a receipt must be whole: it writes and reads back as the same.
                Assert.True(Receipt.TryParse(receipt.ToUtf8Bytes(), out var back));
                Assert.Equal(receipt, back);
            }
        }
    }
}
