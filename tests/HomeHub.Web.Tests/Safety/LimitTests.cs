using System.Net;
using System.Net.Sockets;
using HomeHub.Testing;
using HomeHub.Web.Safety;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Safety;

public sealed class LimitTests
{
    [Fact]
    public async Task One_address_that_asks_too_much_is_told_so_in_words()
    {
        await using PagesBench bench = await PagesBench.OpenAsync(new PageLimits { BurstRequests = 5, RequestsPerSecond = 1 });
        PageBrowser browser = bench.OpenBrowser();
        browser.Language = "sv";
        HttpResponseMessage answer = null!;
        for (int i = 0; i < 50 && answer is not { StatusCode: HttpStatusCode.TooManyRequests }; i++)
        {
            answer = await browser.GetAsync("/sign-in");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Lite för snabbt", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Forms_are_counted_apart()
    {
        await using PagesBench bench = await PagesBench.OpenAsync(new PageLimits { FormsPerMinute = 3, BurstRequests = 10_000 });
        PageBrowser browser = bench.OpenBrowser();
        await browser.GetAsync("/sign-in");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/language", ("language", "eu"))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.PostAsync("/language", ("language", "eu"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task One_address_does_not_take_all_connections_and_gets_them_again_when_it_lets_go()
    {
        await using PagesBench bench = await PagesBench.OpenAsync(new PageLimits { ConnectionsOfAddress = 3 });
        List<TcpClient> idle = [];
        for (int i = 0; i < 3; i++)
        {
            idle.Add(new TcpClient());
            await idle[^1].ConnectAsync(IPAddress.Loopback, bench.Server.Port);
        }

        await Eventually.HoldsAsync(
            async () => await ThrowsAsync(bench), () => "a fourth connection is closed", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(50));
        idle.ForEach(client => client.Dispose());
        await Eventually.HoldsAsync(
            async () => !await ThrowsAsync(bench), () => "connections are free again", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(50));
    }

    [Theory]
    [InlineData("192.168.1.7", "192.168.1.7")]
    [InlineData("::ffff:192.168.1.7", "192.168.1.7")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002/64")]
    [InlineData("2001:db8:1:2:ffff:4:5:6", "20010db800010002/64")]
    public void A_machine_is_counted_by_its_address_and_of_ipv6_by_its_network(string address, string key) =>
        Assert.Equal(key, RemoteAddress.KeyOf(IPAddress.Parse(address)));

    [Fact]
    public async Task Whoever_says_to_be_somebody_elses_proxy_is_counted_by_the_own_address()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        for (int i = 0; i < 6; i++)
        {
            PageBrowser guest = bench.OpenBrowser();
            foreach (string header in new[] { "X-Forwarded-For", "X-Real-IP" })
            {
                guest.Headers[header] = $"203.0.113.{i}";
            }

            guest.Headers["Forwarded"] = $"for=203.0.113.{i}";
            await guest.SignInAsync(1, "0000");
        }

        // Six wrong tries of one address, whatever addresses they claimed: the right PIN has to wait.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await bench.OpenBrowser().SignInAsync(1, PagesBench.PersonPin)).StatusCode);
    }

    private static async Task<bool> ThrowsAsync(PagesBench bench)
    {
        try
        {
            return (await bench.OpenBrowser().GetAsync("/sign-in")).StatusCode != HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
