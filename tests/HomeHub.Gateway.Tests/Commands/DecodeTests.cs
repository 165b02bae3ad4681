using System.Text.Json;

namespace HomeHub.Gateway.Tests.Commands;

public class DecodeTests
{
    private const string Device = """ "patient":"Patient/p1","device":{"address":"C0:FF:EE:00:00:01"}} """;

    [Fact]
    public async Task Each_line_gives_a_line_in_order()
    {
        JsonElement[] lines = await DecodeAsync(
            Line("2A35", "00480051004000"), "", "[]", Line("2A35", "0048005100"), Line("2AFF", "00"), Line("2A49", "0000"));
        Assert.Equal(
            ["-", "not-json", "invalid-line", "truncated", "unknown-characteristic", "-"],
            lines.Select(line => line.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("code").GetString()! : "-"));
        Assert.Equal("Device Observation", string.Join(' ', TypesOf(lines[0])));
        Assert.Empty(TypesOf(lines[5]));
    }

    [Fact]
    public async Task An_error_names_characteristic_field_and_offset()
    {
        JsonElement error = (await DecodeAsync(Line("2A35", "0048005100")))[0].GetProperty("error");
        Assert.Equal(
            ("truncated", "2A35", "Mean Arterial Pressure", 5),
            (error.GetProperty("code").GetString(), error.GetProperty("characteristic").GetString(), error.GetProperty("field").GetString(), error.GetProperty("offset").GetInt32()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Lines_of_a_session_share_what_the_connection_told()
    {
        const string Clock = "EA070B160A000007 0000";
        string clock = Line("2A2B", Clock.Replace(" ", "", StringComparison.Ordinal), "1805", "s");
        JsonElement[] lines = await DecodeAsync(clock, Line("2A35", "0248005100400 0EA070B16093700".Replace(" ", "", StringComparison.Ordinal), "1810", "s"));
        Assert.Empty(TypesOf(lines[0]));
        JsonElement[] resources = [.. lines[1].GetProperty("resources").EnumerateArray()];
        Assert.Equal(3, resources.Length);
        Assert.Contains(resources, resource => resource.TryGetProperty("valueDateTime", out JsonElement time) && time.GetString() == "2026-11-22T10:00:00+01:00");
    }

    [Fact]
    public async Task The_same_line_gives_the_same_bytes()
    {
        string line = Line("2A35", "00480051004000");
        CommandRun first = await CommandRun.OfAsync(line, "decode"), second = await CommandRun.OfAsync(line + "\r\n", "decode");
        Assert.Equal(first.Output, second.Output);
    }

    private static string Line(string characteristic, string hex, string service = "1810", string? session = null) =>
        $$"""{"service":"{{service}}","characteristic":"{{characteristic}}","hex":"{{hex}}","receivedAt":"2026-11-22T10:00:00+01:00","""
        + (session is null ? "" : $"\"session\":\"{session}\",") + Device.Trim();

    private static async Task<JsonElement[]> DecodeAsync(params string[] lines)
    {
        CommandRun run = await CommandRun.OfAsync(string.Join('\n', lines), "decode");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        JsonElement[] decoded = [.. run.Output.TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(lines.Length, decoded.Length);
        return decoded;
    }

    private static string?[] TypesOf(JsonElement line) =>
        [.. line.GetProperty("resources").EnumerateArray().Select(resource => resource.GetProperty("resourceType").GetString())];
}
