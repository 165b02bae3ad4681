namespace HomeHub.Sqlite.Tests.Moving;

/// <summary>A file that comes in, while something else happens before its first octet.</summary>
/// <param name="inner">The file.</param>
/// <param name="meanwhileAsync">What happens.</param>
internal sealed class InterruptedStream(Stream inner, Func<Task> meanwhileAsync) : Stream
{
    private bool _hasHappened;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_hasHappened)
        {
            _hasHappened = true;
            await meanwhileAsync();
        }

        return await inner.ReadAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
