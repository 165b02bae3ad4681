using HomeHub.Core.Buffering;
using HomeHub.Testing.Buffering;

namespace HomeHub.Sqlite.Tests;

/// <summary>The double keeps the contract, so tests above the port may trust it.</summary>
public sealed class InMemoryReadingBufferTests : ReadingBufferContract
{
    protected override Task<IReadingBuffer> OpenAsync() => Task.FromResult<IReadingBuffer>(new InMemoryReadingBuffer());

    protected override Task<IReadingBuffer> ReopenAsync(IReadingBuffer buffer) =>
        Task.FromResult<IReadingBuffer>(((InMemoryReadingBuffer)buffer).Reopen());
}
