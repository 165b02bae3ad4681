using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Logging;

/// <summary>
/// Structured logs, one line an event, to standard error; journald adds the rest. Our own, because the console logger of the framework
/// brings options, a queue and a thread that a hub of 56 MiB has better uses for (docs/decisions).
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="level">Least severe level.</param>
/// <param name="asJson">Whether a line is a JSON object.</param>
/// <param name="time">The clock.</param>
internal sealed class LineLoggerFactory(TextWriter output, LogLevel level, bool asJson, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _writing = new();

    /// <summary>The last lines.</summary>
    public RecentLines Recent { get; } = new();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines have one destination.");

    public void Dispose()
    {
        // The output belongs to the process.
    }

    public bool IsEnabled(LogLevel asked) => asked >= level && asked != LogLevel.None;

    public void Write<TState>(string category, LogLevel at, TState state, Exception? exception, Func<TState, Exception?, string> format)
    {
        string line = asJson
            ? JsonLine.Of(time.GetUtcNow(), at, category, format(state, exception), state, exception)
            : TextLine(category, at, format(state, exception), exception);
        Recent.Take(line);
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private string TextLine(string category, LogLevel at, string message, Exception? exception)
    {
        string cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})";
        return $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(at)} {category}: {message.ReplaceLineEndings(" ")}{cause}";
    }

    public static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
