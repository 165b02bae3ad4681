using HomeHub.Gateway.Tests.Commands;

namespace HomeHub.Gateway.Tests.Captures;

/// <summary>The regression tests of devices: every capture in a folder Captures under tests, with what it was decoded to beside it.</summary>
public sealed class CapturedDeviceTests
{
    private const string Ending = ".ndjson", ExpectedEnding = ".expected.ndjson";

    private static readonly string Tests = Path.Combine(FindRoot(), "tests");

    public static TheoryData<string> Captures => [.. Files().Where(file => !IsExpected(file)).Select(file => Path.GetRelativePath(Tests, file))];

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task A_captured_device_gives_the_same_readings_as_ever(string capture)
    {
        string file = Path.Combine(Tests, capture), expected = ExpectedOf(file);
        Assert.True(File.Exists(expected), $"Run: homehub replay {capture} --expect {Path.GetRelativePath(Tests, expected)} --update, and read what it wrote.");
        CommandRun run = await CommandRun.OfArgumentsAsync("replay", file, "--expect", expected);
        Assert.True(run.Exit == 0, run.Error);
        Assert.NotEmpty(await File.ReadAllTextAsync(expected));
    }

    [Fact]
    public void What_is_expected_is_expected_of_a_capture()
    {
        string[] expected = [.. Files().Where(IsExpected)];
        Assert.NotEmpty(expected);
        Assert.All(expected, file => Assert.True(File.Exists(file[..^ExpectedEnding.Length] + Ending), $"{file} stands beside no capture."));
    }

    private static bool IsExpected(string file) => file.EndsWith(ExpectedEnding, StringComparison.Ordinal);

    private static string ExpectedOf(string file) => file[..^Ending.Length] + ExpectedEnding;

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Tests, "*" + Ending, SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Captures" && !IsBuilt(file)).Order(StringComparer.Ordinal);

    private static bool IsBuilt(string file) => Path.GetRelativePath(Tests, file).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj");

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HomeHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
