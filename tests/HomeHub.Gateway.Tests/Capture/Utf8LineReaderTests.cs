using System.Text;
using HomeHub.Core.Capture;
using HomeHub.Gateway.Capture;

namespace HomeHub.Gateway.Tests.Capture;

public class Utf8LineReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb", "a", "b")]
    [InlineData("a\n\nb\n\n", "a", "", "b", "")]
    public async Task Gives_each_line_once_and_then_ends(string text, params string[] lines)
    {
        Assert.Equal(lines, await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(lines, await ReadAsync(new DribblingStream(Encoding.UTF8.GetBytes(text), 1)));
    }

    [Fact]
    public async Task Many_lines_come_through_a_small_buffer()
    {
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(i => new string((char)('a' + (i % 26)), i % 97))];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        Assert.Equal(lines, await ReadAsync(new DribblingStream(bytes, 4_099)));
    }

    [Fact]
    public async Task Of_an_overlong_line_only_the_beginning_is_kept_and_the_next_one_is_whole()
    {
        string text = new string('x', 10 * CaptureLine.MaxLineBytes) + "\nnext\n" + new string('y', 3 * CaptureLine.MaxLineBytes);
        string[] lines = await ReadAsync(new DribblingStream(Encoding.UTF8.GetBytes(text), 30_000));
        Assert.Equal([CaptureLine.MaxLineBytes + 1, 4, CaptureLine.MaxLineBytes + 1], lines.Select(line => line.Length));
        Assert.Equal("next", lines[1]);
    }

    private static async Task<string[]> ReadAsync(Stream stream)
    {
        var reader = new Utf8LineReader(stream);
        var lines = new List<string>();
        while (await reader.ReadAsync(default) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
            Assert.True(lines.Count < 100_000, "The stream has ended, the lines have not.");
        }

        return [.. lines];
    }

    /// <summary>A stream that gives a few bytes at a time, as a pipe may.</summary>
    private sealed class DribblingStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
