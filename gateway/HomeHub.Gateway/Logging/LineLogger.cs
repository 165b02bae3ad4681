using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Logging;

/// <summary>Logger of one category.</summary>
internal sealed class LineLogger(LineLoggerFactory factory, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => factory.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            factory.Write(category, logLevel, state, exception, formatter);
        }
    }
}
