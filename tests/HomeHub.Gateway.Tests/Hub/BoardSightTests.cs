using HomeHub.Core.Board;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests.Hub;

/// <summary>A machine without light, buzzer and button is not even looked at closely.</summary>
public sealed class BoardSightTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("board").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_machine_without_any_is_left_alone() => Assert.False(BoardSight.IsWorthLooking(new BoardConfiguration(), _root));

    [Theory]
    [InlineData("dev/gpiochip0")]
    [InlineData("dev/input/event2")]
    [InlineData("sys/class/leds/homehub:status/brightness")]
    public void One_that_may_have_some_is_looked_at(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, file))!);
        File.WriteAllText(Path.Combine(_root, file), "");
        Assert.True(BoardSight.IsWorthLooking(new BoardConfiguration(), _root));
        Assert.False(BoardSight.IsWorthLooking(new BoardConfiguration { Light = BoardPlace.Off, Buzzer = BoardPlace.Off, Button = BoardPlace.Off }, _root));
    }

    [Fact]
    public void What_is_configured_is_looked_for() => Assert.True(BoardSight.IsWorthLooking(new BoardConfiguration { Light = BoardPlace.TryParse("gpio:LED")! }, _root));
}
