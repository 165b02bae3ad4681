using System.Text;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Demo;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Tests.Hub;

public class ReadingFeedTests
{
    private static readonly DeviceDescriptor Device = new() { Address = "C0:FF:EE:00:00:01", Information = new DeviceInformation { Model = "a\tb" } };

    [Fact]
    public void A_line_of_the_feed_is_read_by_the_demonstration()
    {
        using var output = new MemoryStream();
        var feed = new ReadingFeed(output);
        feed.OnStep(ReadingStep.SentAgain, new RecordIdentity(0xABC, 1), Device, 0x2A35);
        string line = Encoding.UTF8.GetString(output.ToArray());
        Assert.True(DemoStep.TryParse(line.TrimEnd('\n'), out DemoStep step));
        Assert.Equal(new DemoStep("sent-again", "0000000000000abc", "2A35", "a b"), step);
        Assert.DoesNotContain("C0:FF", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_board_follows_a_reading_and_counts_by_state()
    {
        using var output = new MemoryStream();
        var feed = new ReadingFeed(output);
        feed.OnStep(ReadingStep.Buffered, new RecordIdentity(1, 1), Device, 0x2A35);
        feed.OnStep(ReadingStep.Local, new RecordIdentity(2, 1), Device, 0x2A37);
        feed.OnStep(ReadingStep.Receipted, new RecordIdentity(1, 1), Device, 0x2A35);
        feed.OnSourceEnded("simulation");
        var board = new DemoBoard();
        foreach (string line in Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n'))
        {
            board.OnLine(line);
        }

        board.OnLine("something else");
        Assert.Equal(1, board.SourcesEnded);
        Assert.Equal(new Dictionary<string, int> { ["receipted"] = 1, ["local"] = 1 }, board.Count());
        Assert.Equal(["Heart Rate Measurement", "Blood Pressure Measurement"], board.Newest(5).Select(reading => reading.Name));
        Assert.Equal("buffered > receipted", board.Newest(1)[0].Way);
    }

    [Fact]
    public void A_hub_goes_on_when_nobody_listens_any_more()
    {
        var broken = new BrokenPipe();
        var feed = new ReadingFeed(broken);
        feed.OnSourceEnded("a");
        feed.OnSourceEnded("b");
        Assert.Equal(1, broken.Tries);
    }

    private sealed class BrokenPipe : MemoryStream
    {
        public int Tries { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Tries++;
            throw new IOException("Broken pipe");
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
