using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web.Tests.Bench;

/// <summary>Keeps what was logged, of every level.</summary>
internal sealed class LogLines : ILoggerFactory
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Lines are kept here.");

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Category(LogLines lines, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Lines.Enqueue($"{logLevel} {name}: {formatter(state, exception)} {exception?.Message}");
    }
}
