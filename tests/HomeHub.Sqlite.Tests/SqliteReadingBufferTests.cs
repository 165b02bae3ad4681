using HomeHub.Core.Buffering;
using HomeHub.Testing.Buffering;

namespace HomeHub.Sqlite.Tests;

/// <summary>The adapter keeps the contract.</summary>
public sealed class SqliteReadingBufferTests : ReadingBufferContract, IDisposable
{
    private readonly BufferFolder _folder = new();

    protected override async Task<IReadingBuffer> OpenAsync() => await _folder.OpenAsync();

    protected override async Task<IReadingBuffer> ReopenAsync(IReadingBuffer buffer)
    {
        await buffer.DisposeAsync();
        return await _folder.OpenAsync();
    }

    public void Dispose() => _folder.Dispose();
}
