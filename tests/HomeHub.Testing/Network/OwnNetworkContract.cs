using HomeHub.Core.Network;
using Xunit;

namespace HomeHub.Testing.Network;

/// <summary>What every adapter of <see cref="IOwnNetwork"/> does.</summary>
public abstract class OwnNetworkContract
{
    protected abstract Task<OwnNetworkBench> CreateBenchAsync();

    [Fact]
    public async Task It_is_opened_once_and_closed()
    {
        await using OwnNetworkBench bench = await CreateBenchAsync();
        Assert.Equal(OwnNetworkCondition.Closed, (await bench.Port.ReadAsync(default)).Condition);
        Assert.True(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        Assert.True(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        Assert.Equal(OwnNetworkBench.Network.Name, bench.Open);
        Assert.Equal(new OwnNetworkSight(OwnNetworkCondition.Open, "wlan0"), await bench.Port.ReadAsync(default));
        await bench.Port.CloseAsync(default);
        await bench.Port.CloseAsync(default);
        Assert.Null(bench.Open);
        Assert.Equal(new OwnNetworkSight(OwnNetworkCondition.Closed), await bench.Port.ReadAsync(default));
        Assert.True(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        Assert.Equal(OwnNetworkBench.Network.Name, bench.Open);
    }

    [Fact]
    public async Task An_adapter_that_can_t_says_so_and_opens_nothing()
    {
        await using OwnNetworkBench bench = await CreateBenchAsync();
        bench.BeAble(false);
        OwnNetworkSight sight = await bench.Port.ReadAsync(default);
        Assert.Equal((OwnNetworkCondition.NotAble, false), (sight.Condition, sight.IsPossible));
        Assert.False(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        Assert.Null(bench.Open);
    }

    [Fact]
    public async Task What_could_not_be_opened_is_closed()
    {
        await using OwnNetworkBench bench = await CreateBenchAsync();
        bench.Fail();
        Assert.False(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        Assert.Equal(OwnNetworkCondition.Closed, (await bench.Port.ReadAsync(default)).Condition);
        Assert.Null(bench.Open);
    }

    [Fact]
    public async Task Another_network_ends_it_and_that_is_seen()
    {
        await using OwnNetworkBench bench = await CreateBenchAsync();
        await bench.Port.OpenAsync(OwnNetworkBench.Network, default);
        await bench.JoinAnotherAsync();
        Assert.Equal(OwnNetworkCondition.Closed, (await bench.Port.ReadAsync(default)).Condition);
    }
}
