using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Network;
using HomeHub.Testing.Network;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

public sealed class NetworkTests : IAsyncLifetime
{
    private const string Secret = "kontuz-hemen-2026";

    private PagesBench _bench = null!;
    private InMemoryWifi _wifi = null!;
    private PageBrowser _nurse = null!;
    private string _home = "";

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync();
        _wifi = _bench.Wifi;
        _wifi.Add("Etxea <script>alert", 80, WifiSecurity.Passphrase, Secret);
        _wifi.Add("Guests", 40, WifiSecurity.Open);
        _wifi.Add("Hospital", 20, WifiSecurity.Account);
        _home = (await _wifi.ReadAsync(default)).Networks[0].Id;
        _nurse = await _bench.SignInAsync(0);
        await _nurse.GetAsync("/setup/network");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_is_up_already_is_shown_with_the_hubs_name_and_the_guide_goes_on()
    {
        string page = await _nurse.ReadAsync("/setup/network");
        foreach (string said in new[] { "eth0: 192.168.1.20", "homehub-ab12.local", "connected already", "Etxea", "Strong · Passphrase", "Open: others can listen", "not from here" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script>alert", await (await _nurse.GetAsync("/setup/network")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/setup/place", (await _nurse.PostAsync("/setup/network/done")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_network_is_joined_with_its_passphrase_and_that_is_noted_without_it()
    {
        HttpResponseMessage answer = await JoinAsync(Secret);
        Assert.Equal("/setup/network?done=saved", answer.Headers.Location!.ToString());
        Assert.Contains("The hub is here", await _nurse.ReadAsync("/setup/network"), StringComparison.Ordinal);
        AuditNote note = (await _bench.Audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.NetworkJoined, "network=Etxea <script>alert"), (note.Act, note.About));
        Assert.DoesNotContain(_bench.Logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "8 to 63")]
    [InlineData("short", "8 to 63")]
    [InlineData("some-other-one", "did not accept")]
    public async Task What_went_wrong_is_told_in_words_and_what_was_typed_is_not_shown_again(string passphrase, string said)
    {
        HttpResponseMessage answer = await JoinAsync(passphrase);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, html, StringComparison.Ordinal);
        Assert.Contains("id=\"passphrase-error\"", html, StringComparison.Ordinal);
        Assert.True(passphrase.Length == 0 || !html.Contains(passphrase, StringComparison.Ordinal));
        Assert.Null(await _bench.Audit.ReadLastAsync(default));
    }

    [Fact]
    public async Task A_network_that_went_away_and_one_that_gives_no_address_are_told()
    {
        Assert.Contains("not heard any more", await (await _nurse.PostAsync("/setup/network/join", ("network", "00"), ("passphrase", ""))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _wifi.GivesAddresses = false;
        Assert.Contains("no address", await (await JoinAsync(Secret)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WifiCondition.NoService, "NetworkManager is missing")]
    [InlineData(WifiCondition.NoRadio, "no wireless adapter")]
    [InlineData(WifiCondition.SwitchedOff, "switched off")]
    public async Task Where_nothing_can_be_joined_the_page_says_so_and_goes_on(WifiCondition condition, string said)
    {
        _wifi.Condition = condition;
        string page = await _nurse.ReadAsync("/setup/network");
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"passphrase\"", page, StringComparison.Ordinal);
        Assert.Contains("/setup/network/done", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await JoinAsync(Secret)).StatusCode);
    }

    [Fact]
    public async Task It_listens_anew_when_asked()
    {
        Assert.Equal("/setup/network", (await _nurse.PostAsync("/setup/network/listen")).Headers.Location!.ToString());
        Assert.Equal(1, _wifi.Listened);
    }

    [Fact]
    public async Task A_hub_without_any_network_says_what_to_do()
    {
        _bench.Connection.Now = _bench.Connection.Now with { Links = [] };
        _bench.HomeName = new HomeNameState(HomeNameCondition.NoService, "homehub-ab12.local");
        string page = await _nurse.ReadAsync("/setup/network");
        Assert.Contains("Plug in the network cable", page, StringComparison.Ordinal);
        Assert.Contains("Avahi is missing", page, StringComparison.Ordinal);
        Assert.DoesNotContain("connected already", page, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> JoinAsync(string passphrase) => _nurse.PostAsync("/setup/network/join", ("network", _home), ("passphrase", passphrase));
}
