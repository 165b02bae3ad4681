using HomeHub.Core.Network;
using Xunit;

namespace HomeHub.Testing.Network;

/// <summary>What every adapter of <see cref="IHomeName"/> does.</summary>
public abstract class HomeNameContract
{
    protected abstract Task<HomeNameBench> CreateBenchAsync();

    [Fact]
    public async Task The_name_is_told_with_its_address_and_the_pages_with_their_port()
    {
        await using HomeNameBench bench = await OpenAsync();
        await IsAsync(bench, HomeNameCondition.Told, HomeNameBench.Wanted);
        Assert.NotNull(await bench.FindAsync(HomeNameBench.Wanted));
        Assert.Equal(HomeNameBench.Port, await bench.FindPagesAsync());
    }

    [Fact]
    public async Task Where_another_has_the_name_it_is_told_with_a_number()
    {
        await using HomeNameBench bench = await CreateBenchAsync();
        await bench.TakeAsync(HomeNameBench.Wanted);
        await bench.OpenAsync();
        await IsAsync(bench, HomeNameCondition.Told, HomeNameBench.Wanted + "-2");
        Assert.NotNull(await bench.FindAsync(HomeNameBench.Wanted + "-2"));
    }

    [Fact]
    public async Task It_is_told_again_when_who_tells_names_comes_again()
    {
        await using HomeNameBench bench = await OpenAsync();
        await IsAsync(bench, HomeNameCondition.Told, HomeNameBench.Wanted);
        await bench.StopServiceAsync();
        await IsAsync(bench, HomeNameCondition.NoService, HomeNameBench.Wanted);
        await bench.StartServiceAsync();
        await IsAsync(bench, HomeNameCondition.Told, HomeNameBench.Wanted);
        Assert.NotNull(await bench.FindAsync(HomeNameBench.Wanted));
    }

    [Fact]
    public async Task At_the_end_it_is_told_no_more()
    {
        await using HomeNameBench bench = await OpenAsync();
        await IsAsync(bench, HomeNameCondition.Told, HomeNameBench.Wanted);
        await bench.Name.DisposeAsync();
        await Eventually.HoldsAsync(
            async () => await bench.FindPagesAsync() is null, () => "the pages are told no more", Eventually.Deadline, TimeSpan.FromMilliseconds(20));
    }

    private static Task IsAsync(HomeNameBench bench, HomeNameCondition condition, string name) => Eventually.HoldsAsync(
        () => bench.Name.State == new HomeNameState(condition, name + ".local"), $"{name} is {condition}");

    private async Task<HomeNameBench> OpenAsync()
    {
        HomeNameBench bench = await CreateBenchAsync();
        await bench.OpenAsync();
        return bench;
    }
}
