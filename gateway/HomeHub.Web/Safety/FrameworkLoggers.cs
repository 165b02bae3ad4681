using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Web.Safety;

/// <summary>
/// The hub's logs for the web framework: errors only. What it tells below that names addresses of pages and of people's machines. The pages' own categories
/// (<c>HomeHub.*</c>) go through as they are.
/// </summary>
internal sealed class FrameworkLoggers(ILoggerFactory hub) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("HomeHub.", StringComparison.Ordinal)
        ? hub.CreateLogger(categoryName)
        : new ErrorsOnly(hub.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines have one destination.");

    public void Dispose()
    {
        // The hub's logs go on.
    }

    private sealed class ErrorsOnly(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
