using System.Globalization;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Logging;

/// <summary>
/// Structured logs, one line an event, to standard error; journald adds the rest. Our own, because the console logger of the framework
/// brings options, a queue and a thread that a hub of 56 MiB has better uses for (docs/decisions). What repeats is bounded: <see cref="RepeatLimiter"/>.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="level">Least severe level.</param>
/// <param name="asJson">Whether a line is a JSON object.</param>
/// <param name="time">The clock.</param>
internal sealed class LineLoggerFactory(TextWriter output, LogLevel level, bool asJson, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _writing = new();
    private readonly RepeatLimiter _limiter = new();
    private readonly long _start = time.GetTimestamp();

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
        string message = format(state, exception);
        lock (_writing)
        {
            // Who asks for every line (debug) gets every line.
            int leftOut = 0;
            if (level > LogLevel.Debug && !_limiter.Allows(category, TemplateOf(state, message), message, at >= LogLevel.Warning, time.GetElapsedTime(_start), out leftOut))
            {
                return;
            }

            string line = asJson
                ? JsonLine.Of(time.GetUtcNow(), at, category, message, state, exception, leftOut)
                : TextLine(category, at, message, exception, leftOut);
            Recent.Take(line);
            output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>What a message is made of, which is the same however its parts change.</summary>
    private static string TemplateOf<TState>(TState state, string message) =>
        state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } parts && parts[^1] is { Key: "{OriginalFormat}", Value: string template } ? template : message;

    private string TextLine(string category, LogLevel at, string message, Exception? exception, int leftOut)
    {
        string more = leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" [{leftOut} like it were left out]");
        string cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})";
        return $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(at)} {category}: {message.ReplaceLineEndings(" ")}{cause}{more}";
    }

    public static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
