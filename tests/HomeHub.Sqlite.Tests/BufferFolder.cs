using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite.Tests;

/// <summary>A folder for one test, with what opens a buffer in it.</summary>
public sealed class BufferFolder : IDisposable
{
    public BufferFolder() => Path = Directory.CreateTempSubdirectory("homehub-buffer-").FullName;

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "buffer.db");

    public LogDouble Log { get; } = new();

    public SqliteBufferOptions Options => new() { Folder = Path };

    public Task<SqliteReadingBuffer> OpenAsync(SqliteBufferOptions? options = null) =>
        SqliteReadingBuffer.OpenAsync(options ?? Options, TimeProvider.System, Log);

    public string[] FindSetAside() => Directory.GetFiles(Path, "buffer.db.damaged-*")
        .Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)).ToArray();

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>A double of the log that keeps what was written.</summary>
    public sealed class LogDouble : ILogger<SqliteReadingBuffer>
    {
        private readonly List<(LogLevel Level, string Text)> _entries = [];

        public IReadOnlyList<(LogLevel Level, string Text)> Entries
        {
            get
            {
                lock (_entries)
                {
                    return [.. _entries];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_entries)
            {
                _entries.Add((logLevel, formatter(state, exception)));
            }
        }
    }
}
