using System.Text.Json;

namespace HomeHub.Gateway.Tests.Commands;

public sealed class ReplayTests : IDisposable
{
    private const string Device = """ "patient":"Patient/p1","session":"s","device":{"address":"C0:FF:EE:00:00:01"} """;

    /// <summary>The thermometer of tests/captures/real-devices.ndjson (b4x.com forum 64232), with what was written and answered beside it.</summary>
    private const string Capture = $$"""
        {"service":"1809","characteristic":"2A1C","hex":"06640F00FEDC070C050B0B3604","receivedAt":"2012-12-05T11:16:09+00:00",{{Device}}}
        {"service":"1805","characteristic":"2A2B","hex":"DC070C050B0B36030000","operation":"written","receivedAt":"2012-12-05T11:16:10+00:00",{{Device}}}
        {"service":"1808","characteristic":"2A52","hex":"06000101","operation":"answered","receivedAt":"2012-12-05T11:16:10+00:00",{{Device}}}
        {"service":"1809","characteristic":"2A1C","hex":"06640F00FE","receivedAt":"2012-12-05T11:16:11+00:00",{{Device}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-replay").FullName;

    private string CaptureFile => Path.Combine(_folder, "capture.ndjson");

    private string ExpectedFile => Path.Combine(_folder, "capture.expected.ndjson");

    [Fact]
    public async Task Records_and_what_is_not_understood_are_told_a_line_each()
    {
        await File.WriteAllTextAsync(CaptureFile, Capture);
        CommandRun run = await CommandRun.OfArgumentsAsync("replay", CaptureFile);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(
            """
            {"line":1,"patient":"Patient/p1","device":"C0:FF:EE:00:00:01","characteristic":"2A1C","effective":"2012-12-05T11:11:54+00:00","effectiveFrom":"stamp","stamp":"2012-12-05T11:11:54","values":[{"code":"MDC_TEMP_FINGER","value":39.40,"unit":"Cel"}]}
            {"line":4,"characteristic":"2A1C","error":{"code":"truncated","field":"Time Stamp","offset":5}}

            """,
            run.Output);
    }

    [Fact]
    public async Task What_is_written_by_update_is_held_to_from_then_on()
    {
        await File.WriteAllTextAsync(CaptureFile, Capture);
        Assert.Equal(0, (await CommandRun.OfArgumentsAsync("replay", CaptureFile, "--expect", ExpectedFile, "--update")).Exit);
        CommandRun held = await CommandRun.OfArgumentsAsync("replay", CaptureFile, "--expect", ExpectedFile);
        Assert.Equal((0, "", ""), (held.Exit, held.Output, held.Error));
        Assert.Equal((await CommandRun.OfArgumentsAsync("replay", CaptureFile)).Output, await File.ReadAllTextAsync(ExpectedFile));
    }

    [Fact]
    public async Task A_reading_that_is_another_one_fails_and_says_which_and_where()
    {
        await File.WriteAllTextAsync(CaptureFile, Capture);
        await CommandRun.OfArgumentsAsync("replay", CaptureFile, "--expect", ExpectedFile, "--update");
        string[] expected = await File.ReadAllLinesAsync(ExpectedFile);
        await File.WriteAllLinesAsync(ExpectedFile, [expected[0].Replace("39.40", "39.4", StringComparison.Ordinal)]);
        CommandRun run = await CommandRun.OfArgumentsAsync("replay", CaptureFile, "--expect", ExpectedFile);
        Assert.Equal(1, run.Exit);
        Assert.Contains("reading 1 differs in value:", run.Error, StringComparison.Ordinal);
        Assert.Contains("- {\"line\":1,", run.Error, StringComparison.Ordinal);
        Assert.Contains("- (nothing more is expected)", run.Error, StringComparison.Ordinal);
        Assert.Contains("+ {\"line\":4,", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--update needs --expect", "--update")]
    [InlineData("--expect: there is no file", "--expect", "nowhere.ndjson")]
    public async Task Wrong_usage_is_told(string message, params string[] options)
    {
        await File.WriteAllTextAsync(CaptureFile, Capture);
        CommandRun run = await CommandRun.OfArgumentsAsync(["replay", CaptureFile, .. options]);
        Assert.Equal(2, run.Exit);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_that_is_not_there_is_wrong_usage() =>
        Assert.Equal(2, (await CommandRun.OfArgumentsAsync("replay", Path.Combine(_folder, "nowhere.ndjson"))).Exit);

    /// <summary>Nothing of what the hub wrote, or was answered, is decoded by the other commands either.</summary>
    [Fact]
    public async Task Decode_passes_over_what_was_written_and_answered()
    {
        CommandRun run = await CommandRun.OfAsync(Capture, "decode");
        JsonElement[] lines = [.. run.Output.TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(4, lines.Length);
        Assert.All(lines[1..3], line => Assert.Equal((0, JsonValueKind.Null), (line.GetProperty("resources").GetArrayLength(), line.GetProperty("error").ValueKind)));
    }

    public void Dispose() => Directory.Delete(_folder, true);
}
