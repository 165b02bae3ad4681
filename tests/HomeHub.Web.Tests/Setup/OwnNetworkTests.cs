using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Network;
using HomeHub.Testing;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

/// <summary>The hub's own network: the first visit over it, from the claim to the network of the home, as keeper and pages do it together.</summary>
public sealed class OwnNetworkTests : IAsyncLifetime
{
    private const string Secret = "kontuz-hemen-2026";

    private static readonly IReadOnlyList<NetworkLink> AtHome = [new("wlan0", LinkKind.Wireless, [IPAddress.Parse("192.168.1.31")])];

    private PagesBench _bench = null!;
    private string _home = "";

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenNewAsync();
        _bench.Connection.Now = _bench.Connection.Now with { Links = [] };
        _bench.Wifi.Add("Etxea", 80, WifiSecurity.Passphrase, Secret);
        _home = (await _bench.Wifi.ReadAsync(default)).Networks[0].Id;
        _bench.OwnNetwork.Condition = OwnNetworkCondition.Closed;
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Claimed_over_it_the_hub_joins_the_home_and_the_phone_is_told_before_where_to_go()
    {
        PageBrowser nurse = await ClaimAsync();
        string page = await nurse.ReadAsync("/setup/network");
        Assert.Contains("The hub's own network is open: HomeHub-AB12", page, StringComparison.Ordinal);
        Assert.Contains($"open https://homehub-ab12.local:{_bench.Server.Port}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ACDE-FGHJ", page, StringComparison.Ordinal);

        Assert.Equal("/setup/network/joining", (await JoinAsync(nurse, Secret)).Headers.Location!.ToString());
        page = await nurse.ReadAsync("/setup/network/joining");
        foreach (string said in new[] { "The phone leaves HomeHub-AB12", "Connect the phone to: Etxea", "homehub-ab12.local", "https://10.42.0.1:", "comes back" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        // The page has to arrive first.
        Assert.NotNull(_bench.OwnNetwork.Network);
        await UntilAsync(() => _bench.Keeper.State is { Joining: null, Last.Outcome: WifiJoin.Joined }, "joined");
        _bench.OwnNetwork.End();
        _bench.Connection.Now = _bench.Connection.Now with { Links = AtHome };
        await Eventually.HoldsAsync(async () => (await _bench.Audit.ReadLastAsync(default))?.Note is { Act: AuditActs.NetworkJoined, About: not null }, () => "noted", Eventually.Deadline, TimeSpan.FromMilliseconds(20));
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.GetAsync("/setup/network/joining")).StatusCode);
        await UntilAsync(() => _bench.Keeper.State.Condition == OwnNetworkCondition.Closed, "closed");
        Assert.DoesNotContain(_bench.Logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains("ACDE-FGHJ", StringComparison.Ordinal));

        // From now on a home without network is left in peace, also after a restart.
        await Eventually.HoldsAsync(
            async () =>
            {
                _bench.Time.Advance(TimeSpan.FromSeconds(1));
                return await _bench.Household.GetSettingAsync(HouseholdSettings.HadNetwork, default) is not null;
            },
            () => "remembered", Eventually.Deadline, TimeSpan.FromMilliseconds(10));
        await _bench.RestartAsync();
        _bench.Connection.Now = _bench.Connection.Now with { Links = [] };
        int tries = _bench.OwnNetwork.Tries;
        await MoveAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(tries, _bench.OwnNetwork.Tries);
    }

    [Fact]
    public async Task A_cable_before_anybody_claimed_the_hub_does_not_end_the_first_visit()
    {
        _bench.Connection.Now = _bench.Connection.Now with { Links = AtHome };
        await MoveAsync(TimeSpan.FromMinutes(1));
        Assert.Null(await _bench.Household.GetSettingAsync(HouseholdSettings.HadNetwork, default));
        _bench.Connection.Now = _bench.Connection.Now with { Links = [] };
        await UntilAsync(() => _bench.Keeper.State.IsOpen, "open");
    }

    [Fact]
    public async Task What_fails_brings_it_back_and_the_page_says_why()
    {
        PageBrowser nurse = await ClaimAsync();
        await nurse.ReadAsync("/setup/network");
        await JoinAsync(nurse, "not-this-one");
        await UntilAsync(() => _bench.Keeper.State.Joining is null, "tried");
        _bench.OwnNetwork.End();
        await UntilAsync(() => _bench.OwnNetwork.Network is not null && _bench.Keeper.State is { IsOpen: true, Last.Outcome: WifiJoin.WrongPassphrase }, "back");
        string page = await nurse.ReadAsync("/setup/network");
        Assert.Contains("did not accept the passphrase", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{_home}\" checked", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_stays_a_moment_longer_than_the_network_is_no_home_and_it_comes_back()
    {
        PageBrowser nurse = await ClaimAsync();
        await nurse.ReadAsync("/setup/network");
        _bench.Connection.Now = _bench.Connection.Now with { Links = [new NetworkLink("wlan0", LinkKind.Wireless, [OwnNetwork.Address])] };
        _bench.OwnNetwork.Fails = true;
        await JoinAsync(nurse, "not-this-one");
        await UntilAsync(() => _bench.Keeper.State.Joining is null, "tried");
        int tries = _bench.OwnNetwork.Tries;
        _bench.OwnNetwork.End();
        await UntilAsync(() => _bench.OwnNetwork.Tries > tries, "it is to be opened again");
        Assert.Null(await _bench.Household.GetSettingAsync(HouseholdSettings.HadNetwork, default));
        _bench.OwnNetwork.Fails = false;
        await UntilAsync(() => _bench.Keeper.State.IsOpen, "back");
    }

    [Fact]
    public async Task What_can_be_no_passphrase_is_said_before_the_phone_is_cut_off()
    {
        PageBrowser nurse = await ClaimAsync();
        await nurse.ReadAsync("/setup/network");
        HttpResponseMessage answer = await JoinAsync(nurse, "short");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("8 to 63", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(_bench.Keeper.State.Joining);
    }

    [Fact]
    public async Task Its_own_interface_is_no_link_and_a_cable_ends_it()
    {
        PageBrowser nurse = await ClaimAsync();
        _bench.Connection.Now = _bench.Connection.Now with { Links = [new NetworkLink("wlan0", LinkKind.Wireless, [OwnNetwork.Address])] };
        Assert.Empty(_bench.Keeper.ReadLinks());
        await MoveAsync(OwnNetworkRule.Grace + OwnNetworkRule.Grace);
        Assert.True(_bench.Keeper.State.IsOpen);
        _bench.Connection.Now = _bench.Connection.Now with { Links = [new NetworkLink("eth0", LinkKind.Cable, [IPAddress.Parse("192.168.1.20")])] };
        Assert.Contains("The hub is in another network now", await nurse.ReadAsync("/setup/network"), StringComparison.Ordinal);
        await UntilAsync(() => _bench.OwnNetwork.Network is null, "closed");
    }

    [Fact]
    public async Task The_nurse_opens_it_listens_and_closes_it()
    {
        _bench.Connection.Now = _bench.Connection.Now with { Links = AtHome };
        PageBrowser nurse = _bench.OpenBrowser();
        await nurse.ClaimAsync((await _bench.Household.GetClaimCodeAsync(default))!, PagesBench.NursePin);
        await MoveAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("Open the hub's own network", await nurse.ReadAsync("/setup/network"), StringComparison.Ordinal);
        await nurse.PostAsync("/setup/network/own/open");
        await UntilAsync(() => _bench.Keeper.State is { IsOpen: true, IsAsked: true }, "open");
        Assert.Contains("Close the hub's own network", await nurse.ReadAsync("/setup/network"), StringComparison.Ordinal);
        await nurse.PostAsync("/setup/network/listen");
        await UntilAsync(() => _bench.OwnNetwork.Network is null, "listens");
        await UntilAsync(() => _bench.OwnNetwork.Network is not null, "back");
        await nurse.PostAsync("/setup/network/own/close");
        await UntilAsync(() => _bench.OwnNetwork.Network is null && !_bench.Keeper.State.IsAsked, "closed");
    }

    [Fact]
    public async Task What_can_t_be_opened_is_told_once_and_tried_again()
    {
        _bench.OwnNetwork.Fails = true;
        await UntilAsync(() => _bench.Keeper.State.Condition == OwnNetworkCondition.Failed && _bench.OwnNetwork.Tries > 1, "failed");
        Assert.Single(_bench.Logs.Lines, line => line.Contains("could not be opened", StringComparison.Ordinal));
        PageBrowser nurse = _bench.OpenBrowser();
        await nurse.ClaimAsync((await _bench.Household.GetClaimCodeAsync(default))!, PagesBench.NursePin);
        Assert.Contains("could not be opened; it is tried again", await nurse.ReadAsync("/setup/network"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_the_hub()
    {
        await ClaimAsync();
        await _bench.Keeper.DisposeAsync();
        Assert.Null(_bench.OwnNetwork.Network);
    }

    /// <summary>A nurse who has claimed the hub over its own network.</summary>
    private async Task<PageBrowser> ClaimAsync()
    {
        await UntilAsync(() => _bench.Keeper.State.IsOpen, "open");
        PageBrowser nurse = _bench.OpenBrowser();
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.ClaimAsync((await _bench.Household.GetClaimCodeAsync(default))!, PagesBench.NursePin)).StatusCode);
        return nurse;
    }

    private Task<HttpResponseMessage> JoinAsync(PageBrowser nurse, string passphrase) => nurse.PostAsync("/setup/network/join", ("network", _home), ("passphrase", passphrase));

    /// <summary>Moves the clock on by seconds until something holds.</summary>
    private Task UntilAsync(Func<bool> holds, string what) => Eventually.HoldsAsync(
        () =>
        {
            bool isSo = holds();
            if (!isSo)
            {
                _bench.Time.Advance(TimeSpan.FromSeconds(1));
            }

            return Task.FromResult(isSo);
        },
        () => $"{what}: {_bench.Keeper.State}, tried {_bench.OwnNetwork.Tries} times", Eventually.Deadline, TimeSpan.FromMilliseconds(10));

    /// <summary>Moves the clock on, waiting before each step until the keeper waits too.</summary>
    private async Task MoveAsync(TimeSpan by)
    {
        for (TimeSpan moved = TimeSpan.Zero; moved < by; moved += OwnNetworkKeeper.LookInterval)
        {
            await Eventually.HoldsAsync(() => _bench.Time.UntilNext is not null, "the keeper waits");
            _bench.Time.Advance(OwnNetworkKeeper.LookInterval);
        }
    }
}
