using HomeHub.Core.Moving;

namespace HomeHub.Core.Tests.Moving;

/// <summary>What goes into an archive comes out of it, for whoever has the code, and nothing else ever does.</summary>
public sealed class ArchiveTests
{
    private const int FrameBytes = 64 * 1024, HeaderBytes = 48, FrameOverhead = 20;

    private readonly TransferCode _code = TransferCode.Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FrameBytes - 1)]
    [InlineData(FrameBytes)]
    [InlineData(FrameBytes + 1)]
    [InlineData((3 * FrameBytes) + 17)]
    public async Task What_was_written_is_read(int length)
    {
        byte[] content = Content(length);
        byte[] archive = await WriteAsync(content, part: 10_007);
        int frames = Math.Max(1, (length + FrameBytes - 1) / FrameBytes);
        Assert.Equal(HeaderBytes + (frames * FrameOverhead) + length, archive.Length);
        Assert.Equal(content, await ReadAsync(archive, _code));
        Assert.True(length < 32 || archive.AsSpan().IndexOf(content.AsSpan(0, 32)) < 0);
    }

    [Fact]
    public async Task The_same_content_is_never_the_same_archive()
    {
        byte[] one = await WriteAsync(Content(1000)), other = await WriteAsync(Content(1000));
        Assert.NotEqual(one[HeaderBytes..], other[HeaderBytes..]);
    }

    [Fact]
    public async Task Another_code_does_not_open_it() =>
        Assert.Equal(MoveProblem.WrongCode, await ProblemAsync(await WriteAsync(Content(100_000)), TransferCode.Create()));

    [Fact]
    public async Task A_change_of_any_byte_is_found_and_told_by_where_it_is()
    {
        byte[] archive = await WriteAsync(Content((2 * FrameBytes) + 100));
        int second = HeaderBytes + FrameBytes + FrameOverhead;
        int[] places = [.. Enumerable.Range(0, HeaderBytes + 40), .. Enumerable.Range(second - 20, 40), .. Enumerable.Range(0, 50).Select(i => second + (i * 1301)), .. Enumerable.Range(archive.Length - 40, 40)];
        foreach (int at in places)
        {
            byte[] changed = [.. archive];
            changed[at] ^= 1;
            MoveProblem? problem = await ProblemAsync(changed, _code);
            MoveProblem[] expected = at < 15 ? [MoveProblem.NotAnArchive] : at == 15 ? [MoveProblem.NewerVersion] : at < HeaderBytes ? [MoveProblem.WrongCode] : [MoveProblem.Damaged, MoveProblem.CutShort];
            Assert.True(problem is { } found && expected.Contains(found), $"byte {at}: {problem}");
        }
    }

    [Fact]
    public async Task An_archive_that_ends_too_early_is_cut_short_wherever_it_ends()
    {
        byte[] archive = await WriteAsync(Content(FrameBytes + 500));
        int second = HeaderBytes + FrameBytes + FrameOverhead;
        foreach (int length in new[] { 15, 20, HeaderBytes - 1, HeaderBytes, HeaderBytes + 3, HeaderBytes + 4, HeaderBytes + 1000, second - 1, second, second + 2, archive.Length - 1 })
        {
            Assert.Equal(MoveProblem.CutShort, await ProblemAsync(archive[..length], _code));
        }

        Assert.Equal(MoveProblem.NotAnArchive, await ProblemAsync([], _code));
        Assert.Equal(MoveProblem.NotAnArchive, await ProblemAsync("a photo"u8.ToArray(), _code));
    }

    [Fact]
    public async Task Frames_can_not_be_left_out_put_elsewhere_or_added()
    {
        byte[] archive = await WriteAsync(Content((3 * FrameBytes) + 5));
        const int Frame = FrameBytes + FrameOverhead;
        byte[] first = archive[HeaderBytes..(HeaderBytes + Frame)], second = archive[(HeaderBytes + Frame)..(HeaderBytes + (2 * Frame))];
        byte[] head = archive[..HeaderBytes], rest = archive[(HeaderBytes + (2 * Frame))..];
        Assert.Equal(MoveProblem.Damaged, await ProblemAsync([.. head, .. second, .. first, .. rest], _code));
        Assert.Equal(MoveProblem.Damaged, await ProblemAsync([.. head, .. first, .. rest], _code));
        Assert.Equal(MoveProblem.Damaged, await ProblemAsync([.. head, .. first, .. first, .. second, .. rest], _code));
        Assert.Equal(MoveProblem.Damaged, await ProblemAsync([.. archive, 0], _code));
        Assert.Equal(MoveProblem.CutShort, await ProblemAsync([.. head, .. first, .. second], _code));
    }

    [Fact]
    public async Task A_frame_of_another_archive_of_the_same_code_is_not_taken()
    {
        byte[] one = await WriteAsync(Content(500)), other = await WriteAsync(Content(500));
        Assert.Equal(MoveProblem.Damaged, await ProblemAsync([.. one[..HeaderBytes], .. other[HeaderBytes..]], _code));
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(7).NextBytes(content);
        return content;
    }

    private static async Task<byte[]> ReadAsync(byte[] archive, TransferCode code)
    {
        using var from = new MemoryStream(archive);
        using ArchiveReader reader = await ArchiveReader.OpenAsync(from, code, default);
        using var content = new MemoryStream();
        var room = new byte[9_973];
        int read;
        while ((read = await reader.ReadAsync(room, default)) > 0)
        {
            content.Write(room, 0, read);
        }

        return content.ToArray();
    }

    private static async Task<MoveProblem?> ProblemAsync(byte[] archive, TransferCode code)
    {
        try
        {
            await ReadAsync(archive, code);
            return null;
        }
        catch (MoveException error)
        {
            return error.Problem;
        }
    }

    private async Task<byte[]> WriteAsync(byte[] content, int part = int.MaxValue)
    {
        using var to = new MemoryStream();
        using var writer = new ArchiveWriter(to, _code);
        for (int at = 0; at < content.Length; at += Math.Min(part, content.Length - at))
        {
            await writer.WriteAsync(content.AsMemory(at, Math.Min(part, content.Length - at)), default);
        }

        await writer.EndAsync(default);
        return to.ToArray();
    }
}
