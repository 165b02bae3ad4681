using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests;

public sealed class MemoryKeeperTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void Memory_is_given_back_once_after_a_burst_when_all_is_quiet()
    {
        var keeper = new MemoryKeeper(TimeProvider.System);
        Assert.False(keeper.IsTimeToCollect(20 * MiB), "still busy");
        Assert.False(keeper.IsTimeToCollect(40 * MiB), "still busy");
        Assert.True(keeper.IsTimeToCollect(40 * MiB), "quiet after a burst");
        Assert.False(keeper.IsTimeToCollect(40 * MiB), "given back already");
    }

    [Fact]
    public void A_hub_with_little_to_do_is_left_alone()
    {
        var keeper = new MemoryKeeper(TimeProvider.System);
        for (long allocated = 0; allocated < 8 * MiB; allocated += MiB / 8)
        {
            Assert.False(keeper.IsTimeToCollect(allocated));
        }
    }
}
