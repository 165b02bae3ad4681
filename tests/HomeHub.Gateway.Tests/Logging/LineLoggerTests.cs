using System.Text.Json;
using HomeHub.Gateway.Logging;
using HomeHub.Testing;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Tests.Logging;

public class LineLoggerTests
{
    [Fact]
    public void A_text_line_is_one_line_whatever_the_message()
    {
        string line = Log(asJson: false, logger => logger.LogWarning(new IOException("two\nlines"), "Count {Count}\nand {Name}", 3, "x"));
        Assert.EndsWith(" warning Sample: Count 3 and x (IOException: two lines)\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(c => c == '\n'));
    }

    [Fact]
    public void A_json_line_has_the_parts_of_the_message()
    {
        JsonElement line = JsonSerializer.Deserialize<JsonElement>(Log(asJson: true, logger => logger.LogError("{Count} of {Name}", 3, "a \"b\"")));
        Assert.Equal(
            ("error", "Sample", "3 of a \"b\"", 3, "a \"b\""),
            (line.GetProperty("level").GetString(), line.GetProperty("category").GetString(), line.GetProperty("message").GetString(), line.GetProperty("count").GetInt32(), line.GetProperty("name").GetString()));
        Assert.True(line.GetProperty("time").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public void What_is_less_severe_is_left_out() => Assert.Empty(Log(asJson: false, logger => logger.LogDebug("nothing")));

    [Theory]
    [InlineData(LogLevel.Information, 1)]
    [InlineData(LogLevel.Debug, 3)]
    public void What_repeats_is_left_out_and_told_unless_every_line_is_asked_for(LogLevel level, int lines)
    {
        var time = new ManualTime(SampleReadings.Start.ToUniversalTime());
        using var output = new StringWriter { NewLine = "\n" };
        using var factory = new LineLoggerFactory(output, level, asJson: false, time);
        ILogger logger = factory.CreateLogger("HomeHub.Sample");
        for (int i = 0; i < 3; i++)
        {
            logger.LogWarning("{Device} does not answer", "a1");
        }

        Assert.Equal(lines, output.ToString().Count(c => c == '\n'));
        time.Advance(RepeatLimiter.RepeatInterval);
        logger.LogWarning("{Device} does not answer", "a1");
        Assert.Equal(lines == 1, output.ToString().EndsWith("a1 does not answer [2 like it were left out]\n", StringComparison.Ordinal));
    }

    private static string Log(bool asJson, Action<ILogger> log)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var factory = new LineLoggerFactory(output, LogLevel.Information, asJson, TimeProvider.System);
        log(factory.CreateLogger("HomeHub.Sample"));
        return output.ToString();
    }
}
