using System.Text;

namespace HomeHub.Contract.Tests;

public class HubStatusMessageTests
{
    private static readonly HubStatusMessage Full = new()
    {
        State = HubState.Online,
        Software = "0.1.0",
        At = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1)),
        Buffered = 1,
        Sent = 2,
        Rejected = 3,
        Quarantined = 4,
        Audit = "17:0123456789abcdef",
        Checks = new HubChecks("good", "warning:disk-low", Adapter: "off"),
    };

    [Fact]
    public void Status_is_as_written_and_reads_back()
    {
        var payload = Full.ToUtf8Bytes();
        Assert.Equal(
            """{"state":"online","software":"0.1.0","at":"2026-11-22T10:00:00+01:00","buffered":1,"sent":2,"rejected":3,"quarantined":4,"audit":"17:0123456789abcdef","checks":{"database":"good","disk":"warning:disk-low","adapter":"off"}}""",
            Encoding.UTF8.GetString(payload));
        Assert.True(HubStatusMessage.TryParse(payload, out var back));
        Assert.Equal(Full, back);
    }

    [Fact]
    public void Last_will_holds_the_state_only()
    {
        var payload = HubStatusMessage.LastWill.ToUtf8Bytes();
        Assert.Equal("""{"state":"offline"}""", Encoding.UTF8.GetString(payload));
        Assert.True(HubStatusMessage.TryParse(payload, out var back));
        Assert.Equal(HubStatusMessage.LastWill, back);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"state":"asleep"}""")]
    [InlineData("""{"state":1}""")]
    [InlineData("""{"state":"online","state":"online"}""")]
    [InlineData("""{"state":"online","buffered":-1}""")]
    [InlineData("""{"state":"online","buffered":1.5}""")]
    [InlineData("""{"state":"online","at":"yesterday"}""")]
    [InlineData("""{"state":"online","software":"\ud800"}""")]
    [InlineData("""{"state":"online","audit":17}""")]
    [InlineData("""{"state":"online","audit":""}""")]
    [InlineData("""{"state":"online","checks":[]}""")]
    [InlineData("""{"state":"online","checks":{"disk":"Two Words"}}""")]
    [InlineData("""{"state":"online","checks":{"disk":"a:b:c"}}""")]
    [InlineData("""{"state":"online","checks":{"disk":"good","disk":"good"}}""")]
    [InlineData("""{"state":"online","checks":{"disk":7}}""")]
    [InlineData("""{"state":"online"} {}""")]
    [InlineData("""{"state":"online" """)]
    public void Anything_else_is_no_status(string json) => Assert.False(HubStatusMessage.TryParse(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Unknown_members_are_passed_over()
    {
        Assert.True(HubStatusMessage.TryParse("""{"new":{"a":[1]},"state":"online","sent":7}"""u8, out var status));
        Assert.Equal(new HubStatusMessage { State = HubState.Online, Sent = 7 }, status);
    }

    [Fact]
    public void Checks_that_are_younger_than_the_reader_are_passed_over()
    {
        Assert.True(HubStatusMessage.TryParse("""{"state":"online","checks":{"camera":{"a":1},"disk":"bad:disk-full"}}"""u8, out var status));
        Assert.Equal(new HubChecks(Disk: "bad:disk-full"), status.Checks);
    }

    [Theory]
    [InlineData("good", false)]
    [InlineData("off", false)]
    [InlineData("unknown:not-finished", false)]
    [InlineData("warning:disk-low", true)]
    [InlineData("bad:disk-full", true)]
    [InlineData("younger:than-this", true)]
    public void A_word_says_whether_somebody_should_look(string word, bool expected)
    {
        Assert.Equal(expected, new HubChecks("good", word).NeedsAttention);
        Assert.False(new HubChecks().NeedsAttention);
    }

    [Fact]
    public void Limits_hold_both_ways()
    {
        Assert.Throws<InvalidOperationException>(() => (Full with { Checks = new HubChecks(Clock: "Two words") }).ToUtf8Bytes());
        Assert.Throws<InvalidOperationException>(() => (Full with { Software = new string('1', ContractLimits.MaxSoftwareCharacters + 1) }).ToUtf8Bytes());
        Assert.Throws<InvalidOperationException>(() => (Full with { Sent = -1 }).ToUtf8Bytes());
        Assert.False(HubStatusMessage.TryParse(Encoding.UTF8.GetBytes(new string(' ', ContractLimits.MaxStatusBytes) + """{"state":"online"}"""), out _));
        var widest = (Full with { Software = new string('€', ContractLimits.MaxSoftwareCharacters), Buffered = long.MaxValue, Sent = long.MaxValue, Rejected = long.MaxValue, Quarantined = long.MaxValue }).ToUtf8Bytes();
        Assert.InRange(widest.Length, 1, ContractLimits.MaxStatusBytes);
    }
}
