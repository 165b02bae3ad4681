namespace HomeHub.Gateway.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-usage-").FullName;

    [Theory]
    [InlineData("", "--help")]
    [InlineData("bogus", "bogus")]
    [InlineData("run --bogus", "--bogus")]
    [InlineData("run", "--data")]
    [InlineData("run --data {0}", "--broker")]
    [InlineData("run --data {0} --broker http://x", "--broker")]
    [InlineData("run --data {0} --broker mqtt://user:secret@x", "--broker")]
    [InlineData("run --data {0} --broker mqtt://127.0.0.1:1 --replay /no/such/file", "--replay")]
    [InlineData("run --data {0} --broker mqtt://127.0.0.1:1 --simulate /no/such/file", "/no/such/file")]
    [InlineData("run --config /no/such/file", "--config")]
    [InlineData("run --data {0} --broker mqtt://127.0.0.1:1 --bluetooth --exit-when-drained", "--exit-when-drained")]
    [InlineData("devices", "--help")]
    [InlineData("devices scan --seconds 0", "--seconds")]
    [InlineData("devices pair C0:FF:EE:00:00:01 --data {0}", "--patient")]
    [InlineData("devices pair C0:FF:EE:00:00 --data {0} --patient Patient/p1", "ADDRESS")]
    [InlineData("devices pair C0:FF:EE:00:00:01 --patient Patient/p1", "--data")]
    [InlineData("devices pair C0:FF:EE:00:00:01 --data {0} --patient Patient/p1 --passkey 1000000", "--passkey")]
    [InlineData("devices list", "--data")]
    [InlineData("devices list --data {0}/none", "--data")]
    [InlineData("devices forget C0:FF:EE:00:00:0G --data {0}", "ADDRESS")]
    [InlineData("devices pair C0:FF:EE:00:00:01 --data {0} --patient Patient/p1 --bond --no-bond", "--no-bond")]
    [InlineData("devices pair C0:FF:EE:00:00:01 --data {0} --patient Patient/p1 --model nobody", "--model")]
    [InlineData("devices pair C0:FF:EE:00:00:01 --data {0} --patient Patient/p1 --language fi", "--language")]
    [InlineData("catalogue", "--help")]
    [InlineData("catalogue list --kind toaster", "--kind")]
    [InlineData("catalogue show nobody", "ID")]
    [InlineData("catalogue show polar-h10 --language xx", "--language")]
    [InlineData("catalogue check", "--help")]
    [InlineData("devices assign C0:FF:EE:00:00:01 --data {0}", "--patient")]
    [InlineData("devices assign C0:FF:EE:00:00:01 --data {0} --patient Patient/p1", "not set up")]
    [InlineData("devices assign C0:FF:EE:00:00:01 --data {0} --patient Patient/p1 --user 255", "--user")]
    [InlineData("devices unassign C0:FF:EE:00:00:01 --data {0}", "not set up")]
    [InlineData("readings", "--help")]
    [InlineData("readings unassigned", "--data")]
    [InlineData("readings assign 1 --by nurse --data {0}", "--patient")]
    [InlineData("readings assign 1 --patient Patient/p1 --data {0}", "--by")]
    [InlineData("readings discard 1 --by nurse --data {0}", "--reason")]
    [InlineData("readings discard 1 --by nurse --reason Guest! --data {0}", "--reason")]
    [InlineData("readings take-back 1 --by nurse --reason guest --patient nobody --data {0}", "--patient")]
    [InlineData("status", "--data")]
    [InlineData("status --data {0}/none", "--data")]
    [InlineData("export --data {0}", "--data")]
    [InlineData("export --data {0} --format xml", "xml")]
    [InlineData("quarantine list --data {0}/none", "--data")]
    [InlineData("retry-rejected --data {0}/none", "--data")]
    public async Task Wrong_usage_is_one_line_that_names_the_option(string line, string named)
    {
        string[] arguments = line.Replace("{0}", _folder, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        CommandRun run = await CommandRun.OfArgumentsAsync(arguments);
        Assert.Equal(2, run.Exit);
        string error = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), said => said.StartsWith("homehub: ", StringComparison.Ordinal));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("decode")]
    [InlineData("run")]
    [InlineData("devices scan")]
    [InlineData("devices pair")]
    [InlineData("devices list")]
    [InlineData("devices forget")]
    [InlineData("devices watch")]
    [InlineData("catalogue list")]
    [InlineData("catalogue show")]
    [InlineData("catalogue check")]
    [InlineData("status")]
    [InlineData("export")]
    [InlineData("retry-rejected")]
    [InlineData("quarantine list")]
    public async Task Help_ends_with_examples(string command)
    {
        CommandRun run = await CommandRun.OfArgumentsAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, run.Exit);
        Assert.Contains($"Examples:\n  homehub {command}", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit status: 0 done", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_has_a_status_and_an_empty_quarantine()
    {
        CommandRun status = await CommandRun.OfArgumentsAsync("status", "--data", _folder, "--json");
        Assert.Equal(0, status.Exit);
        Assert.Contains("\"broker\": \"stopped\"", status.Output, StringComparison.Ordinal);
        CommandRun quarantine = await CommandRun.OfArgumentsAsync("quarantine", "list", "--data", _folder);
        Assert.Equal((0, "Nothing is in quarantine.\n"), (quarantine.Exit, quarantine.Output));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
