using HomeHub.Testing;

namespace HomeHub.Simulator.Tests;

public sealed class SimulatorCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-sim-").FullName;

    [Theory]
    [InlineData("", "--device")]
    [InlineData("--device {0}/none.json", "none.json")]
    [InlineData("--device {0}/bad.json", "colour")]
    [InlineData("--device {0}/long.json", "name")]
    [InlineData("--bogus", "--bogus")]
    public async Task Wrong_usage_is_one_line_that_names_what_is_wrong(string line, string named)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "bad.json"), """{ "kind": "scale", "name": "S", "colour": "red" }""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "long.json"), """{ "kind": "scale", "name": "a name that is much too long for it" }""");
        (int exit, string output, string error) = await RunAsync(line.Replace("{0}", _folder, StringComparison.Ordinal));
        Assert.Equal(2, exit);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Fact]
    public async Task Help_has_examples()
    {
        (int exit, string output, _) = await RunAsync("--help");
        Assert.Equal(0, exit);
        Assert.Contains("homehub-sim --adapter hci1 --device", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_bus_it_says_so()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "scale.json"), """{ "kind": "scale", "name": "S" }""");
        (int exit, _, string error) = await RunAsync($"--device {_folder}/scale.json --bus unix:path={_folder}/none");
        Assert.Equal(1, exit);
        Assert.Contains("message bus can't be reached", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_bluetooth_service_it_waits_and_says_why_and_ends_when_asked()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "scale.json"), """{ "kind": "scale", "name": "S", "script": [ { "do": "measure" } ] }""");
        await using PrivateBus bus = await PrivateBus.StartAsync();
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        Task<int> running = SimulatorCommand.RunAsync(
            ["--device", $"{_folder}/scale.json", "--bus", bus.Address], new StringReader("dance\n\nmeasure 2\n"), TextWriter.Synchronized(output), TextWriter.Synchronized(error), TimeProvider.System, stop.Token);
        await Eventually.HoldsAsync(() => error.ToString().Contains("ServiceUnknown", StringComparison.Ordinal), "it says that the service is missing");
        await Eventually.HoldsAsync(() => output.ToString().Contains("\"characteristic\":\"2A9D\"", StringComparison.Ordinal), "it measures nevertheless");
        await Eventually.HoldsAsync(() => output.ToString().Split("\"characteristic\":\"2A9D\"").Length == 4, "it does what was typed: two more");
        Assert.Contains("\"dance\" is nothing that a device does", error.ToString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await SimulatorCommand.RunAsync(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextReader.Null, output, error, TimeProvider.System, CancellationToken.None);
        return (exit, output.ToString(), error.ToString());
    }
}
