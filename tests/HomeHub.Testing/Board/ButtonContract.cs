using HomeHub.Core.Board;
using Xunit;

namespace HomeHub.Testing.Board;

/// <summary>What every button does.</summary>
public abstract class ButtonContract
{
    /// <summary>A button that was just taken and is not pressed.</summary>
    protected abstract ButtonBench Open();

    [Fact]
    public async Task It_tells_what_the_finger_does_in_order_and_when_it_was()
    {
        ButtonBench bench = Open();
        using IButton button = bench.Button;
        List<ButtonEdge> told = Listen(button);
        (bool, TimeSpan)[] moves = [(true, At(1_000)), (false, At(1_200)), (true, At(1_201)), (false, At(9_000)), (true, At(86_400_000)), (false, At(86_410_123))];
        foreach ((bool isPressed, TimeSpan at) in moves)
        {
            bench.Move(isPressed, at);
        }

        await Eventually.HoldsAsync(() => Read(told).Count >= moves.Length, "every edge is told");
        Assert.Equal(moves.Select(move => new ButtonEdge(move.Item1, move.Item2)), Read(told));
    }

    [Fact]
    public async Task After_its_end_it_tells_nothing()
    {
        ButtonBench bench = Open();
        List<ButtonEdge> told = Listen(bench.Button);
        bench.Move(true, At(1));
        await Eventually.HoldsAsync(() => Read(told).Count == 1, "the press is told");
        bench.Button.Dispose();
        bench.Move(false, At(2));
        await Task.Delay(50);
        Assert.Single(Read(told));
        bench.Button.Dispose();
    }

    [Fact]
    public void It_says_where_it_is()
    {
        using IButton button = Open().Button;
        Assert.Equal(button.Place, BoardPlace.TryParse(button.Place)?.ToString());
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static List<ButtonEdge> Listen(IButton button)
    {
        List<ButtonEdge> told = [];
        button.Changed += edge =>
        {
            lock (told)
            {
                told.Add(edge);
            }
        };
        return told;
    }

    private static List<ButtonEdge> Read(List<ButtonEdge> told)
    {
        lock (told)
        {
            return [.. told];
        }
    }
}
