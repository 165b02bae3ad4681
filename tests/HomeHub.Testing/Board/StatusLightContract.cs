using HomeHub.Core.Board;
using Xunit;

namespace HomeHub.Testing.Board;

/// <summary>What every status light does.</summary>
public abstract class StatusLightContract
{
    /// <summary>A light that was just taken.</summary>
    protected abstract StatusLightBench Open();

    [Fact]
    public void It_is_dark_until_it_is_told_otherwise()
    {
        using StatusLightBench bench = Open();
        Assert.Equal(LightPattern.Off, bench.See());
    }

    [Theory]
    [InlineData(LightPattern.Off)]
    [InlineData(LightPattern.Breathing)]
    [InlineData(LightPattern.Solid)]
    [InlineData(LightPattern.Fast)]
    public void It_shows_each_pattern_after_each_other(LightPattern first)
    {
        using StatusLightBench bench = Open();
        foreach (LightPattern second in Enum.GetValues<LightPattern>())
        {
            Assert.True(bench.Light.Show(first));
            Assert.Equal(first, bench.See());
            Assert.True(bench.Light.Show(second));
            Assert.Equal(second, bench.See());
        }
    }

    [Fact]
    public void What_is_shown_already_goes_on()
    {
        using StatusLightBench bench = Open();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(bench.Light.Show(LightPattern.Breathing));
            Assert.Equal(LightPattern.Breathing, bench.See());
        }
    }

    [Theory]
    [InlineData(LightPattern.Breathing)]
    [InlineData(LightPattern.Solid)]
    [InlineData(LightPattern.Fast)]
    public void It_is_dark_at_the_end(LightPattern pattern)
    {
        using StatusLightBench bench = Open();
        bench.Light.Show(pattern);
        bench.Light.Dispose();
        Assert.Equal(LightPattern.Off, bench.See());
        Assert.False(bench.Light.Show(LightPattern.Solid));
        Assert.Equal(LightPattern.Off, bench.See());
        bench.Light.Dispose();
    }

    [Fact]
    public void It_says_where_it_is()
    {
        using StatusLightBench bench = Open();
        Assert.Equal(bench.Light.Place, BoardPlace.TryParse(bench.Light.Place)?.ToString());
    }
}
