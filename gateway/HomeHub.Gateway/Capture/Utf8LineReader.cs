using HomeHub.Core.Capture;

namespace HomeHub.Gateway.Capture;

/// <summary>
/// Lines of a stream as bytes, without copying. Memory is bounded: of a line longer than <see cref="CaptureLine.MaxLineBytes"/> only so much is
/// given that the parser sees that it is too long; the rest is skipped.
/// </summary>
internal sealed class Utf8LineReader(Stream stream)
{
    private const int BufferBytes = 4 * CaptureLine.MaxLineBytes;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start, _end;
    private bool _ended;

    /// <summary>True when the next line can be given without waiting for the stream.</summary>
    public bool HasLine => _ended || _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n');

    /// <summary>The next line without its end, valid until the next call; null at the end of the stream.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, ending: 1);
            }

            searched = _end - _start;
            if (searched > CaptureLine.MaxLineBytes)
            {
                await SkipRestAsync(cancellation).ConfigureAwait(false);
                return _buffer.AsMemory(0, CaptureLine.MaxLineBytes + 1);
            }

            if (_ended || !await FillAsync(cancellation).ConfigureAwait(false))
            {
                return _end > _start ? Take(_end - _start, ending: 0) : default(ReadOnlyMemory<byte>?);
            }
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int ending)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + ending;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += read;
        _ended = read == 0;
        return read > 0;
    }

    /// <summary>Leaves the beginning of the overlong line at the start of the buffer and goes on behind its end.</summary>
    private async ValueTask SkipRestAsync(CancellationToken cancellation)
    {
        const int Kept = CaptureLine.MaxLineBytes + 1;
        _buffer.AsSpan(_start, Kept).CopyTo(_buffer);
        _start = _end = Kept;
        while (!_ended)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(Kept), cancellation).ConfigureAwait(false);
            _ended = read == 0;
            int end = _buffer.AsSpan(Kept, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _start = Kept + end + 1;
                _end = Kept + read;
                return;
            }
        }
    }
}
