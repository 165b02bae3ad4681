using System.Net;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Testing;
using HomeHub.Web.Endpoints;
using HomeHub.Web.SignIn;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Status;

public sealed class StatusPageTests : IAsyncLifetime
{
    private static readonly RegisteredDevice Cuff = new()
    {
        Address = "C0:FF:EE:00:00:01", Name = "Cuff", Patient = SampleReadings.Patient, PairedAt = PagesBench.Start.AddDays(-9), Bond = BondSecurity.SecureConnections,
        LastSessionAt = PagesBench.Start.AddHours(-3), LastValueAt = PagesBench.Start.AddDays(-2), ExpectedEvery = TimeSpan.FromDays(1),
        Trouble = new DeviceTrouble(PeripheralFault.BondLost, PagesBench.Start.AddHours(-3), "Pair it again."),
    };

    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task All_well_is_said_in_one_line()
    {
        string page = await (await _bench.SignInAsync(0)).ReadAsync("/status");
        Assert.Contains("All is well", page, StringComparison.Ordinal);
        Assert.Contains("7 minutes ago", page, StringComparison.Ordinal);
        Assert.Contains("26 November 2026, 03:30", page, StringComparison.Ordinal);
        Assert.Contains("5,120 MiB free", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, "Plugged in", "All is well")]
    [InlineData(true, 42, "On battery", "The hub runs on its battery.")]
    public async Task What_the_hub_runs_on_is_told(bool isOnBattery, int? percent, string said, string more)
    {
        _bench.Overview.Now = _bench.Overview.Now with { Power = new HubPower(isOnBattery, percent) };
        string page = await (await _bench.SignInAsync(0)).ReadAsync("/status");
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains(more, page, StringComparison.Ordinal);
        Assert.Equal(percent is not null, page.Contains("(Battery: 42 %)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_the_room_is_is_told_where_there_is_a_sensor_to_the_nurse_and_to_who_lives_there()
    {
        PageBrowser nurse = await _bench.SignInAsync(0), person = await _bench.SignInAsync(1);
        foreach (RoomNow? none in new[] { null, new RoomNow(RoomCondition.None), new RoomNow(RoomCondition.Waiting) })
        {
            _bench.Overview.Now = _bench.Overview.Now with { Room = none };
            Assert.DoesNotContain("The room", await nurse.ReadAsync("/status"), StringComparison.Ordinal);
        }

        _bench.Overview.Now = _bench.Overview.Now with { Room = new RoomNow(RoomCondition.Ready, 21.340m, 45.123m, PagesBench.Start.AddMinutes(-4)) };
        foreach (string page in new[] { await nurse.ReadAsync("/status"), await person.ReadAsync("/people/1") })
        {
            Assert.All(["The room", "21.3 °C", "45 %", "26 November 2026, 08:26"], said => Assert.Contains(said, page, StringComparison.Ordinal));
            Assert.DoesNotContain("In order", page, StringComparison.Ordinal);
        }

        _bench.Overview.Now = _bench.Overview.Now with { Room = new RoomNow(RoomCondition.Failed, 21.340m, null, PagesBench.Start.AddDays(-1), 3) };
        string failed = await nurse.ReadAsync("/status");
        Assert.Contains("Can't be read.", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("Humidity", failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_hub_found_of_itself_is_told_with_what_to_do()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.Contains("It has not looked yet", await nurse.ReadAsync("/status"), StringComparison.Ordinal);
        _bench.Overview.Now = _bench.Overview.Now with
        {
            SelfCheck = SelfCheckReport.Of(
                [new CheckFinding(CheckKind.Disk, CheckOutcome.Good), new CheckFinding(CheckKind.Certificates, CheckOutcome.Bad, CheckReason.CertificateEnded, "<ca>.pem until 2026-11-01")], null, PagesBench.Start),
        };
        string raw = await (await nurse.GetAsync("/status")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("<ca>", raw, StringComparison.Ordinal);
        string page = WebUtility.HtmlDecode(raw);
        Assert.Matches("""<h2 id="self-check">The hub looks at itself</h2>\s*<table class="data">\s*<caption>Last looked """, page);
        Assert.Matches("""A certificate has ended\.<br ?/?>\s*<span class="hint">since """, page);
        foreach (string said in new[] { "The hub found something when it looked at itself.", "A certificate has ended.", "<ca>.pem until 2026-11-01", "Tell whoever looks after the hub today.", "Does not work" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_device_tells_whose_it_is_when_it_was_heard_and_what_to_do()
    {
        RegisteredDevice unnamed = new() { Address = "C0:FF:EE:00:00:02", Name = "<script>", Patient = null, PairedAt = PagesBench.Start };
        _bench.Overview.Now = _bench.Overview.Now with { Devices = [Cuff, unnamed] };
        PageBrowser nurse = await _bench.SignInAsync(0);
        string raw = await (await nurse.GetAsync("/status")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>", raw, StringComparison.Ordinal);
        string page = WebUtility.HtmlDecode(raw);
        foreach (string said in new[] { "Cuff", "Begoña", "3 hours ago", "2 days ago", "Secure", "Pair it again; what it has stored is kept.", "since 25 November 2026, 08:30", "Never yet", "Nobody", "None needed", "1 device needs a look" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.Equal(2, page.Split(Cuff.Address).Length);
    }

    [Theory]
    [InlineData(null, "Not told")]
    [InlineData(16, "16 %")]
    [InlineData(15, "15 %: please change or charge it soon.")]
    public async Task A_battery_is_told_and_a_low_one_with_what_to_do(int? percent, string said)
    {
        _bench.Overview.Now = _bench.Overview.Now with { Devices = [Cuff with { BatteryPercent = percent }], BoardCelsius = 51.4m };
        string page = await (await _bench.SignInAsync(0)).ReadAsync("/status");
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal(percent == 15, page.Contains("please change", StringComparison.Ordinal));
        Assert.Contains("51.4 °C", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_part_is_sent_again_when_something_has_changed_and_ends_when_the_nurse_is_signed_out()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        HttpResponseMessage answer = await nurse.SendAsync("GET", "/status/live", head: true);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Contains("All is well", await NextAsync(reader, "part"), StringComparison.Ordinal);
        _bench.Overview.Now = _bench.Overview.Now with { Counts = new BufferCounts { Unassigned = 2 } };
        Task<string> next = NextAsync(reader, "part");
        await Eventually.HoldsAsync(() => Step(next), "the event comes");
        Assert.Contains("2 readings", await next, StringComparison.Ordinal);
        await _bench.Household.SetPinAsync(0, "another", default);
        next = NextAsync(reader, "end");
        await Eventually.HoldsAsync(() => Step(next), "the event comes");
        Assert.Equal("", await next);
        Assert.Null(await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Looking_on_keeps_nobody_signed_in()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        _bench.Time.Advance(TimeSpan.FromMinutes(14));
        using (HttpResponseMessage answer = await nurse.SendAsync("GET", "/status/live", head: true))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        _bench.Time.Advance(PageSession.IdleLimit(0) - TimeSpan.FromMinutes(14) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await nurse.SendAsync("GET", "/status/live", head: true)).StatusCode);
    }

    [Fact]
    public async Task A_hub_that_ends_does_not_wait_for_who_looks_on()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        using HttpResponseMessage answer = await nurse.SendAsync("GET", "/status/live", head: true);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await NextAsync(reader, "part");
        await _bench.RestartAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await nurse.ReadAsync("/status");
    }

    private bool Step(Task reading)
    {
        if (!reading.IsCompleted)
        {
            _bench.Time.Advance(LiveStream.LookInterval);
        }

        return reading.IsCompleted;
    }

    /// <summary>Data of the next event of a name, decoded.</summary>
    private static async Task<string> NextAsync(StreamReader reader, string name)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line != $"event: {name}")
            {
                continue;
            }

            var data = new List<string>();
            while (await reader.ReadLineAsync() is { Length: > 0 } more)
            {
                data.Add(more["data:".Length..].TrimStart());
            }

            return WebUtility.HtmlDecode(string.Join('\n', data));
        }

        throw new EndOfStreamException($"No event {name} came.");
    }
}
