using HomeHub.Core.Network;
using Xunit;

namespace HomeHub.Testing.Network;

/// <summary>What every adapter of <see cref="IWifi"/> does.</summary>
public abstract class WifiContract
{
    protected abstract Task<WifiBench> CreateBenchAsync();

    [Fact]
    public async Task Networks_are_told_strongest_first_each_name_once()
    {
        await using WifiBench bench = await CreateBenchAsync();
        WifiState state = await bench.Wifi.ReadAsync(default);
        Assert.Equal(WifiCondition.Ready, state.Condition);
        Assert.Equal([(WifiBench.Home, WifiSecurity.Passphrase), (WifiBench.Guests, WifiSecurity.Open)], state.Networks.Select(network => (network.Name, network.Security)));
        Assert.All(state.Networks, network => Assert.False(network.IsJoined));
        Assert.True(state.Networks[0].SignalPercent > state.Networks[1].SignalPercent);
    }

    [Fact]
    public async Task With_the_right_passphrase_it_is_joined_and_told_first()
    {
        await using WifiBench bench = await CreateBenchAsync();
        Assert.Equal(WifiJoin.Joined, await JoinAsync(bench, WifiBench.Guests, null));
        Assert.Equal(WifiBench.Guests, (await bench.Wifi.ReadAsync(default)).Networks[0].Name);
        Assert.Equal(WifiJoin.Joined, await JoinAsync(bench, WifiBench.Home, WifiBench.Passphrase));
        Assert.Equal([true, false], (await bench.Wifi.ReadAsync(default)).Networks.Select(network => network.IsJoined));
        Assert.Equal(1, bench.Kept);
    }

    [Fact]
    public async Task A_wrong_passphrase_is_told_and_not_kept()
    {
        await using WifiBench bench = await CreateBenchAsync();
        Assert.Equal(WifiJoin.WrongPassphrase, await JoinAsync(bench, WifiBench.Home, "not-this-one"));
        Assert.Equal(0, bench.Kept);
        Assert.DoesNotContain((await bench.Wifi.ReadAsync(default)).Networks, network => network.IsJoined);
    }

    [Fact]
    public async Task Joined_anew_it_is_kept_once_and_a_wrong_try_leaves_what_was_right()
    {
        await using WifiBench bench = await CreateBenchAsync();
        await JoinAsync(bench, WifiBench.Home, WifiBench.Passphrase);
        Assert.Equal(WifiJoin.Joined, await JoinAsync(bench, WifiBench.Home, WifiBench.Passphrase));
        Assert.Equal(1, bench.Kept);
        Assert.Equal(WifiJoin.WrongPassphrase, await JoinAsync(bench, WifiBench.Home, "not-this-one"));
        Assert.Equal(1, bench.Kept);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short77")]
    [InlineData("contraseña-larga")]
    public async Task What_can_be_no_passphrase_is_not_even_tried(string? passphrase)
    {
        await using WifiBench bench = await CreateBenchAsync();
        Assert.Equal(WifiJoin.PassphraseForm, await JoinAsync(bench, WifiBench.Home, passphrase));
        Assert.Equal(0, bench.Kept);
    }

    [Fact]
    public async Task A_network_that_gives_no_address_or_is_not_heard_is_told()
    {
        await using WifiBench bench = await CreateBenchAsync();
        bench.GiveAddresses(false);
        Assert.Equal(WifiJoin.NoAddress, await JoinAsync(bench, WifiBench.Home, WifiBench.Passphrase));
        Assert.Equal(WifiJoin.NotHeard, await bench.Wifi.JoinAsync("00ff", null, default));
    }

    [Fact]
    public async Task An_adapter_that_is_switched_off_joins_nothing()
    {
        await using WifiBench bench = await CreateBenchAsync();
        string id = (await bench.Wifi.ReadAsync(default)).Networks[0].Id;
        bench.Switch(false);
        WifiState off = await bench.Wifi.ReadAsync(default);
        Assert.Equal((WifiCondition.SwitchedOff, 0), (off.Condition, off.Networks.Count));
        Assert.Equal(WifiJoin.NotReady, await bench.Wifi.JoinAsync(id, WifiBench.Passphrase, default));
        bench.Switch(true);
        await bench.Wifi.ListenAsync(default);
        Assert.Equal(WifiCondition.Ready, (await bench.Wifi.ReadAsync(default)).Condition);
    }

    [Fact]
    public async Task What_was_joined_is_forgotten_and_may_be_joined_anew()
    {
        await using WifiBench bench = await CreateBenchAsync();
        Assert.Equal(WifiForget.Forgotten, await bench.Wifi.ForgetAsync(default));
        await JoinAsync(bench, WifiBench.Guests, null);
        await JoinAsync(bench, WifiBench.Home, WifiBench.Passphrase);
        Assert.Equal(WifiForget.Forgotten, await bench.Wifi.ForgetAsync(default));
        Assert.Equal(0, bench.Kept);
        Assert.DoesNotContain((await bench.Wifi.ReadAsync(default)).Networks, network => network.IsJoined);
        Assert.Equal(WifiJoin.Joined, await JoinAsync(bench, WifiBench.Home, WifiBench.Passphrase));
        Assert.Equal(1, bench.Kept);
    }

    private static async Task<WifiJoin> JoinAsync(WifiBench bench, string name, string? passphrase) =>
        await bench.Wifi.JoinAsync((await bench.Wifi.ReadAsync(default)).Networks.Single(network => network.Name == name).Id, passphrase, default);
}
