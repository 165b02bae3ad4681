using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class LeftoverSweeperTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-sweep-").FullName;

    [Theory]
    [InlineData("run-state.json.new")]
    [InlineData("hub-identity.new")]
    [InlineData("pages.crt.0123456789abcdef0123456789abcdef.new")]
    [InlineData("self-check.17.probe")]
    [InlineData("requests/0123456789abcdef0123456789abcdef.request.json.new")]
    [InlineData("requests/0123456789abcdef0123456789abcdef.answer.json.new")]
    [InlineData("pages-cookie-keys/key.tmp")]
    public void What_was_left_half_written_goes_once_it_is_old_also_by_a_clock_that_was_set_back(string name)
    {
        string file = Leave(name, Now.AddMinutes(-1));
        Assert.Equal(0, LeftoverSweeper.Sweep(_folder, Now));
        Assert.True(File.Exists(file));
        Assert.Equal(1, LeftoverSweeper.Sweep(_folder, Now + LeftoverSweeper.Age));
        Assert.False(File.Exists(file));
        Leave(name, Now.AddDays(4_000));
        Assert.Equal(1, LeftoverSweeper.Sweep(_folder, Now));
    }

    /// <summary>Whatever is part of a recovery, a move, or somebody else's stays, however old.</summary>
    [Theory]
    [InlineData("buffer.db.new")]
    [InlineData("buffer.db.damaged-20260101T000000Z")]
    [InlineData("buffer.db")]
    [InlineData("move-away.archive.new")]
    [InlineData("move-in/buffer.db")]
    [InlineData("requests/0123456789abcdef0123456789abcdef.request.json")]
    [InlineData("somebody.new")]
    [InlineData("pages-cookie-keys/key.xml")]
    public void What_is_needed_or_not_ours_stays(string name)
    {
        string file = Leave(name, Now.AddDays(-400));
        Assert.Equal(0, LeftoverSweeper.Sweep(_folder, Now));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void No_more_than_so_many_go_at_a_time()
    {
        for (int i = 0; i < LeftoverSweeper.MaxFiles + 3; i++)
        {
            Leave($"requests/{Guid.NewGuid():N}.answer.json.new", Now.AddDays(-1));
        }

        Assert.Equal(LeftoverSweeper.MaxFiles, LeftoverSweeper.Sweep(_folder, Now));
        Assert.Equal(3, LeftoverSweeper.Sweep(_folder, Now));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Leave(string name, DateTimeOffset at)
    {
        string file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "{");
        File.SetLastWriteTimeUtc(file, at.UtcDateTime);
        return file;
    }
}
