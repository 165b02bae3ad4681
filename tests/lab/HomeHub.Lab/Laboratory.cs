using System.Text.Json;
using HomeHub.Lab.Scenarios;
using HomeHub.Simulation.Devices;
using HomeHub.Testing;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab;

/// <summary>One home of one scenario: the Bluetooth stack of its own, a broker, a relay, a hub and simulated devices, all real programs.</summary>
internal sealed class Laboratory
{
    public const string Patient = "Patient/p1";

    /// <summary>Longest wait for what should come about: an emulated machine is slow.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    /// <summary>Between commands that are asked again: a program that starts takes the processor from the hub that is waited for.</summary>
    private static readonly TimeSpan BetweenCommands = TimeSpan.FromSeconds(2);

    public const string Programs = "/opt/lab";
    private const string Kept = "/data";

    /// <summary>The emulator gives on what is sent under the sender's number of the link, so that a second link of a controller reaches the wrong one.</summary>
    private const string Configuration = """{ "timeZone": "Europe/Madrid", "clock": { "trust": "always" }, "bluetooth": { "maxConnections": 1 }, "room": { "minutes": 1 }, "board": BOARD }""";

    private readonly int _relayPort = FreePort.Take();
    private readonly string _folder;
    private readonly TextWriter _report;
    private readonly List<(string Name, Executable Program)> _programs = [];
    private MosquittoBroker? _broker;
    private Executable? _hub;

    private Laboratory(Scenario scenario, bool isAfterCut, TextWriter report)
    {
        Scenario = scenario;
        IsAfterCut = isAfterCut;
        Stack = new BluetoothStack(scenario.Devices + 1, isAfterCut);
        Api = new FhirApi(_relayPort);
        _folder = Path.Combine(Kept, scenario.Name);
        _report = report;
    }

    public Scenario Scenario { get; }

    /// <summary>Whether the guest was cut off in this scenario and has started again.</summary>
    public bool IsAfterCut { get; }

    public BluetoothStack Stack { get; }

    public FhirApi Api { get; }

    public string HubLog => _hub?.Error ?? "";

    /// <summary>The section <c>board</c> of the configuration of hubs that are started from now on.</summary>
    public string Board { get; set; } = "{}";

    /// <summary>The hub, while it runs.</summary>
    public Executable Hub => _hub!;

    /// <summary>Starts all but the hub and the devices. After a power cut everything is as it was left.</summary>
    public static async Task<Laboratory> OpenAsync(Scenario scenario, bool isAfterCut, TextWriter report)
    {
        var lab = new Laboratory(scenario, isAfterCut, report);
        try
        {
            Directory.CreateDirectory(lab._folder);
            if (!scenario.IsUnderSystemd)
            {
                await lab.Stack.StartAsync();
                lab._broker = await MosquittoBroker.StartAsync();
                await lab.StartRelayAsync(lab._broker.Url);
            }

            return lab;
        }
        catch
        {
            await lab.CloseAsync();
            throw;
        }
    }

    /// <summary>Starts the relay.</summary>
    /// <param name="broker">Its broker.</param>
    public async Task StartRelayAsync(string broker)
    {
        Start("relay", "relay/homehub-relay", "run", "--data", Path.Combine(_folder, "relay"), "--broker", broker, "--listen", $"http://127.0.0.1:{_relayPort}");
        await HoldsAsync(Api.IsReadyAsync, "the relay is ready");
    }

    /// <summary>Waits until something holds, asking now and then.</summary>
    public static Task HoldsAsync(Func<Task<bool>> holds, string what, TimeSpan? limit = null) => HoldsAsync(holds, () => what, limit);

    /// <summary>Waits until something holds; what did not is told as it is in the end.</summary>
    public static Task HoldsAsync(Func<Task<bool>> holds, Func<string> what, TimeSpan? limit = null) =>
        Eventually.HoldsAsync(holds, what, limit ?? Patience, TimeSpan.FromMilliseconds(100));

    /// <summary>Starts the hub, which scans on the first adapter.</summary>
    /// <param name="more">More of the command line.</param>
    public async Task StartHubAsync(params string[] more)
    {
        string configuration = Path.Combine(_folder, "hub.json");
        await File.WriteAllTextAsync(configuration, Configuration.Replace("BOARD", Board, StringComparison.Ordinal));
        _hub = Start(
            "hub", HubProgram, ["run", "--data", HubFolder, "--broker", _broker!.Url, "--bluetooth", "--adapter", "hci0", "--config", configuration, .. more]);
        await HubSaysAsync("Bluetooth is ready: hci0", 1, Patience);
    }

    /// <summary>Waits until the hub has logged something so often.</summary>
    public Task HubSaysAsync(string text, int times, TimeSpan limit) => HoldsAsync(
        () =>
        {
            Assert.False(_hub!.HasExited, $"The hub ended: {HubLog}");
            return Task.FromResult(HubLog.Split(text).Length > times);
        },
        $"the hub says {times} times: {text}",
        limit);

    /// <summary>Starts a simulated device.</summary>
    /// <param name="index">Its adapter, from 1 on.</param>
    /// <param name="json">The device file.</param>
    /// <param name="more">More of the command line; without it, it answers pairings for all: one bluetoothd serves all devices, and asks one agent.</param>
    public async Task<SimulatedPeripheral> StartDeviceAsync(int index, string json, params string[] more)
    {
        string file = Path.Combine(_folder, $"device{index}.json");
        await File.WriteAllTextAsync(file, json);
        Executable program = Start($"device{index}", "simulator/homehub-sim", ["--adapter", $"hci{index}", "--device", file, .. more.Length > 0 ? more : ["--agent", "all"]]);
        var device = new SimulatedPeripheral(program, BluetoothStack.AddressOf(index), DeviceFileReader.Read(file));
        await HoldsAsync(() => Task.FromResult(device.Events.Count > 0), $"device {index} has started");
        return device;
    }

    /// <summary>Sets a device up, as a nurse does.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="answer">Types what the command asks for; null: nothing.</param>
    /// <param name="more">More of the command line.</param>
    public async Task<JsonElement> PairAsync(string address, Func<Executable, Task>? answer, params string[] more)
    {
        Executable command = Start(
            "pair",
            HubProgram,
            [
                "devices", "pair", address, "--patient", Patient, "--since", DeviceFiles.InUseSince, "--data", HubFolder, "--adapter", "hci0", "--json",
                .. more,
            ]);
        if (answer is not null)
        {
            await answer(command);
        }

        int exit = await command.ExitAsync();
        Assert.True(exit == 0, $"devices pair ended with {exit}: {command.Error}");
        await ConsentAsync();
        return JsonSerializer.Deserialize<JsonElement>(command.Output);
    }

    /// <summary>Lets the care team have everything of the patient, as a nurse records it; said again it holds already.</summary>
    private async Task ConsentAsync()
    {
        Executable command = Start(
            "consent",
            HubProgram,
            [
                "consent", "give", "--patient", Patient, "--kind", "all", "--recipient", "care-team", "--from", DeviceFiles.InUseSince, "--present", "nurse",
                "--data", HubFolder,
            ]);
        int exit = await command.ExitAsync();
        Assert.True(exit == 0, $"consent give ended with {exit}: {command.Error}");
    }

    /// <summary>
    /// Sets devices up that advertise only with news, one after the other: each has a reading, is paired, and sleeps again once the hub has taken it. So
    /// there is one link at a time.
    /// </summary>
    public async Task SetUpInTurnAsync(params SimulatedPeripheral[] devices)
    {
        for (int i = 0; i < devices.Length; i++)
        {
            await devices[i].MeasureAsync();
            await PairAsync(devices[i].Address, null, "--yes");
            await HubSaysAsync("ended by the hub: all was told", i + 1, Patience);
        }
    }

    /// <summary>What <c>homehub devices list --json</c> says of a device.</summary>
    public async Task<JsonElement> DeviceAsync(string address)
    {
        string output = await CommandAsync("devices", "list", "--data", HubFolder, "--json");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Single(device => device.GetProperty("address").GetString() == address);
    }

    /// <summary>What <c>homehub status --json</c> says.</summary>
    public async Task<JsonElement> StatusAsync() => JsonSerializer.Deserialize<JsonElement>(await CommandAsync("status", "--data", HubFolder, "--json"));

    /// <summary>Waits until the relay holds exactly what the devices measured, once, and nothing is under way any more.</summary>
    public async Task ArrivedOnceAsync(TimeSpan timeTolerance, params SimulatedPeripheral[] devices)
    {
        Expectation[] expected = [.. devices.SelectMany(device => device.Measured).SelectMany(Expectation.Of)];
        Assert.NotEmpty(expected);
        int arrived = 0;
        await HoldsAsync(
            async () => (arrived = await Api.CountMeasurementsAsync()) >= expected.Length, () => $"the relay has {expected.Length} Observations, and not {arrived}");
        JsonElement status = await StatusAsync();
        await Eventually.HoldsAsync(
            async () => IsDrained(status) || IsDrained(status = await StatusAsync()), () => "the hub has a receipt for everything", Patience, BetweenCommands);
        IReadOnlyList<JsonElement> observations = await Api.ListMeasurementsAsync();
        Expectation.Match(expected, observations, timeTolerance);
        Assert.Equal(0, status.GetProperty("quarantined").GetInt32());
    }

    /// <summary>Tells a figure to whoever runs the laboratory.</summary>
    public Task FigureAsync(string text) => _report.WriteLineAsync("figure " + text);

    /// <summary>Asks for the power to be cut, and waits for it.</summary>
    public async Task CutPowerAsync()
    {
        await _report.WriteLineAsync("cut " + Scenario.Name);
        await _report.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends everything and leaves what was said.</summary>
    public async Task CloseAsync()
    {
        string folder = ArtifactFolder;
        Directory.CreateDirectory(folder);
        foreach ((string name, Executable program) in Enumerable.Reverse(_programs))
        {
            program.Dispose();
            await File.AppendAllTextAsync(Path.Combine(folder, name + ".log"), program.Output + program.Error);
        }

        if (_broker is { } broker)
        {
            await broker.DisposeAsync();
        }

        if (Scenario.IsUnderSystemd)
        {
            await Machine.TryAsync($"journalctl --no-pager -o short-monotonic > {folder}/journal.log");
        }

        await Stack.StopAsync(folder);
        Api.Dispose();
        using Executable sync = Executable.Start("/bin/sync");
        await sync.ExitAsync();
    }

    /// <summary>The hub's data.</summary>
    public string HubFolder => Scenario.IsUnderSystemd ? "/var/lib/homehub" : Path.Combine(_folder, "hub");

    /// <summary>What outlasts a restart of the guest.</summary>
    public string KeptFolder => _folder;

    private string HubProgram => Scenario.IsUnderSystemd ? "/usr/local/bin/homehub" : "gateway/homehub";

    /// <summary>For what is to be looked at after a failure.</summary>
    public string ArtifactFolder => Path.Combine(Kept, "artifacts", Scenario.Name);

    private static bool IsDrained(JsonElement status) =>
        status.GetProperty("buffered").GetInt32() == 0 && status.GetProperty("sent").GetInt32() == 0 && status.GetProperty("rejected").GetInt32() == 0;

    /// <summary>Runs one of the hub's commands, which must end well.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        using Executable command = Executable.Start(Path.Combine(Programs, HubProgram), arguments);
        int exit = await command.ExitAsync();
        Assert.True(exit == 0, $"homehub {arguments[0]} ended with {exit}: {command.Error}");
        return command.Output;
    }

    private Executable Start(string name, string path, params string[] arguments)
    {
        Executable program = Executable.Start(Path.Combine(Programs, path), arguments);
        _programs.Add((name, program));
        return program;
    }
}
