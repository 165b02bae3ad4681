using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HomeHub.Core.Buffering;
using HomeHub.Web.Safety;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Safety;

public sealed class ServingTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/status", HttpStatusCode.SeeOther)]
    public async Task Every_answer_is_guarded_and_kept_nowhere(string path, HttpStatusCode status)
    {
        HttpResponseMessage answer = await _bench.OpenBrowser().GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        string policy = Header(answer, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(("nosniff", "no-referrer", "DENY"), (Header(answer, "X-Content-Type-Options"), Header(answer, "Referrer-Policy"), Header(answer, "X-Frame-Options")));
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Pages_hold_no_script_or_style_of_their_own()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        foreach (string path in new[] { "/status", "/people", "/people/1", "/nurse", "/design", "/sign-in", "/sign-in/0", "/nowhere" })
        {
            string html = await (await nurse.GetAsync(path)).Content.ReadAsStringAsync();
            Assert.Contains("</html>", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=""/look/)", html);
        }
    }

    [Theory]
    [InlineData("homehub-ab12.local", HttpStatusCode.OK)]
    [InlineData("HOMEHUB-AB12.local.", HttpStatusCode.OK)]
    [InlineData("homehub-ab12", HttpStatusCode.OK)]
    [InlineData("hub.example", HttpStatusCode.OK)]
    [InlineData("homehub-ab12-2.local", HttpStatusCode.OK)]
    [InlineData("homehub-ab12-x.local", HttpStatusCode.BadRequest)]
    [InlineData("homehub-ab12-2.example", HttpStatusCode.BadRequest)]
    [InlineData("homehub-ab12-.local", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("192.0.2.7", HttpStatusCode.BadRequest)]
    [InlineData("rebound.example", HttpStatusCode.BadRequest)]
    [InlineData("homehub-ab12.local.evil.example", HttpStatusCode.BadRequest)]
    public async Task Pages_are_served_under_the_hubs_names_only(string host, HttpStatusCode status)
    {
        HttpResponseMessage answer = await _bench.OpenBrowser().SendAsync("GET", "/sign-in", host: $"{host}:{_bench.Server.Port.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Plain_http_leads_to_the_pages_and_nowhere_else()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var plain = new Uri($"http://localhost:{_bench.Server.RedirectPort!.Value.ToString(CultureInfo.InvariantCulture)}");
        HttpResponseMessage answer = await http.GetAsync(new Uri(plain, "/people/1?done=saved"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal($"https://localhost:{_bench.Server.Port.ToString(CultureInfo.InvariantCulture)}/people/1", answer.Headers.Location!.AbsoluteUri);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        using var rebound = new HttpRequestMessage(HttpMethod.Get, plain) { Headers = { Host = "rebound.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(rebound)).StatusCode);
    }

    [Fact]
    public async Task Only_the_two_ports_that_were_asked_for_listen()
    {
        int[] ports = [_bench.Server.Port, _bench.Server.RedirectPort!.Value];
        Assert.Equal(2, ports.Distinct().Count());
        await _bench.Server.DisposeAsync();
        foreach (int port in ports)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port));
        }

        await _bench.StartAsync();
    }

    [Fact]
    public async Task A_form_without_the_hubs_token_changes_nothing()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        HttpResponseMessage answer = await nurse.SendAsync("POST", "/people/1/name", new Dictionary<string, string> { ["name"] = "Mallory" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await nurse.GetAsync("/people/1");
        PageBrowser other = await _bench.SignInAsync(2);
        await other.GetAsync("/people/2");
        Assert.Equal("Begoña", (await _bench.Household.FindPersonAsync(1, default))!.Name);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/people/1/name", ("name", "Bego"))).StatusCode);
        Assert.Equal("Bego", (await _bench.Household.FindPersonAsync(1, default))!.Name);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_in_words()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.GetAsync("/people/1");
        HttpResponseMessage answer = await nurse.PostAsync("/people/1/name", ("name", new string('a', PageLimits.MaxRequestBytes)));
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, answer.StatusCode.ToString());
        Assert.Contains("</html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_told_in_words_without_what_it_was_and_logged_without_where()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        _bench.Overview.Fault = new InvalidOperationException("secret of Patient/p1");
        HttpResponseMessage answer = await nurse.GetAsync("/status?who=p1");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        string html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("no reading is lost", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.Contains(_bench.Logs.Lines, line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
        _bench.Overview.Fault = new BufferException(BufferFault.DiskFull, "No space left.");
        await nurse.GetAsync("/status");
        Assert.Contains(_bench.Logs.Lines, line => line.Contains("No space left", StringComparison.Ordinal));
        Assert.DoesNotContain(_bench.Logs.Lines, line => line.Contains("/status", StringComparison.Ordinal) || line.Contains("secret", StringComparison.Ordinal)
            || line.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_the_look_are_kept_by_the_browser_under_the_address_that_names_their_content()
    {
        PageBrowser browser = _bench.OpenBrowser();
        string html = await browser.ReadAsync("/sign-in");
        string address = System.Text.RegularExpressions.Regex.Match(html, "/look/homehub.css\\?v=\\w+").Value;
        HttpResponseMessage named = await browser.GetAsync(address);
        Assert.Equal("text/css", named.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", named.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("no-cache", (await browser.GetAsync("/look/homehub.css?v=older")).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
