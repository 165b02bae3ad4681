using HomeHub.Core.Board;
using Xunit;

namespace HomeHub.Testing.Board;

/// <summary>What every buzzer does.</summary>
public abstract class BuzzerContract
{
    /// <summary>A buzzer that was just taken.</summary>
    protected abstract BuzzerBench Open();

    [Fact]
    public void It_sounds_from_when_it_is_told_until_it_is_told()
    {
        BuzzerBench bench = Open();
        using IBuzzer buzzer = bench.Buzzer;
        Assert.False(bench.Hears());
        for (int i = 0; i < 2; i++)
        {
            Assert.True(buzzer.Sound(true));
            Assert.True(buzzer.Sound(true));
            Assert.True(bench.Hears());
            Assert.True(buzzer.Sound(false));
            Assert.True(buzzer.Sound(false));
            Assert.False(bench.Hears());
        }
    }

    [Fact]
    public void It_is_silent_at_the_end()
    {
        BuzzerBench bench = Open();
        bench.Buzzer.Sound(true);
        bench.Buzzer.Dispose();
        Assert.False(bench.Hears());
        Assert.False(bench.Buzzer.Sound(true));
        Assert.False(bench.Hears());
        bench.Buzzer.Dispose();
    }

    [Fact]
    public void It_says_where_it_is()
    {
        using IBuzzer buzzer = Open().Buzzer;
        Assert.Equal(buzzer.Place, BoardPlace.TryParse(buzzer.Place)?.ToString());
    }
}
