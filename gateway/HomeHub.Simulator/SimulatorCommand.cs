using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using HomeHub.DBus;
using HomeHub.Simulation.Bluetooth;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulator;

/// <summary><c>homehub-sim</c>: a simulated device as a real Bluetooth LE peripheral.</summary>
internal static class SimulatorCommand
{
    private const int Done = 0, Failed = 1, Usage = 2;

    /// <summary>Runs a command line. Errors are one line on <paramref name="error"/>.</summary>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellation)
    {
        ParseResult parsed = Create(input, output, error, time).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync($"homehub-sim: {parsed.Errors[0].Message} See: homehub-sim --help").ConfigureAwait(false);
            return Usage;
        }

        try
        {
            var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation, cancellation).ConfigureAwait(false);
        }
        catch (HouseholdException wrong)
        {
            await error.WriteLineAsync($"homehub-sim: {wrong.Message}").ConfigureAwait(false);
            return Usage;
        }
        catch (DBusException gone)
        {
            await error.WriteLineAsync($"homehub-sim: {gone.Message}").ConfigureAwait(false);
            return Failed;
        }
    }

    private static RootCommand Create(TextReader input, TextWriter output, TextWriter error, TimeProvider time)
    {
        var adapter = new Option<string>("--adapter") { Description = "Bluetooth adapter, by name.", HelpName = "hciN", DefaultValueFactory = _ => "hci0" };
        var device = new Option<string>("--device") { Description = "Device file, JSON (docs/simulation.md).", HelpName = "FILE", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same values.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        var bus = new Option<string?>("--bus") { Description = "Address of the message bus; without it the system's.", HelpName = "ADDRESS" };
        var agent = new Option<AgentScope>("--agent")
        {
            Description = "Which pairings the device answers: own, those over its adapter; all, those over every adapter, where several devices are simulated on one "
                + "system; none, it leaves them to the system's agent.",
            HelpName = "own|all|none",
            DefaultValueFactory = _ => AgentScope.Own,
        };
        var root = new RootCommand(
            "A simulated personal health device as a real Bluetooth LE peripheral, through BlueZ. Prints what happens as a JSON object a line, until it is stopped. "
            + "Does what is typed, a line each: measure [COUNT], disconnect [AFTER-RECORD], forget-bonds, set-clock SECONDS-AHEAD, restart-numbers, sleep, wake.\n\n"
            + "Examples:\n  homehub-sim --adapter hci1 --device blood-pressure.json\n  homehub-sim --adapter hci1 --device glucose-meter.json --seed 7 | jq .event")
        {
            adapter, device, seed, bus, agent,
        };
        root.SetAction((parsed, cancellation) => SimulateAsync(
            new SimulatorOptions(
                parsed.GetValue(adapter)!,
                DeviceFileReader.Read(parsed.GetValue(device)!),
                parsed.GetValue(seed),
                parsed.GetValue(bus),
                parsed.GetValue(agent)),
            input,
            output,
            error,
            time,
            cancellation));
        return root;
    }

    private static async Task<int> SimulateAsync(
        SimulatorOptions options, TextReader input, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using PosixSignalRegistration terminated = StopOn(PosixSignal.SIGTERM, stop), interrupted = StopOn(PosixSignal.SIGINT, stop);
        var writer = new EventWriter(output);
        DBusConnection bus = await DBusConnection.OpenAsync(options.Bus, time, stop.Token).ConfigureAwait(false);
        await using (bus.ConfigureAwait(false))
        {
            return await RunOnAsync(bus, options, writer, input, error, time, stop.Token).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunOnAsync(
        DBusConnection bus, SimulatorOptions options, EventWriter writer, TextReader input, TextWriter error, TimeProvider time, CancellationToken stop)
    {
        var host = new GattServerHost(bus, options.Adapter, time);
        await using (host.ConfigureAwait(false))
        {
            host.Troubled += text => error.WriteLine($"homehub-sim: {text}");
            using var model = new DeviceModel(options.Device, options.Seed, host, time);
            model.Happened += writer.Write;
            model.Failed += failure => error.WriteLine($"homehub-sim: {failure.Message}");
            SimulatedAgent? agent = options.Agent == AgentScope.None ? null : new SimulatedAgent(options.Device.Security, passkey => writer.WritePasskey(time.GetLocalNow(), passkey))
            {
                AnswersForAll = options.Agent == AgentScope.All,
            };
            writer.WriteStart(time.GetLocalNow(), options.Seed);
            model.TellStored();
            await host.StartAsync(model, agent, stop).ConfigureAwait(false);
            try
            {
                Task typed = Task.Run(() => ObeyAsync(model, input, error, stop), CancellationToken.None);
                Task ended = await Task.WhenAny(host.KeepAsync(stop), LiveAsync(model, typed, stop), bus.Closed).ConfigureAwait(false);
                await ended.ConfigureAwait(false);
                throw await bus.Closed.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return Done;
            }
        }
    }

    /// <summary>After its script, and what was typed, the device goes on to live: it is connected, read, told.</summary>
    private static async Task LiveAsync(DeviceModel model, Task typed, CancellationToken stop)
    {
        await model.RunAsync(stop).ConfigureAwait(false);
        await typed.ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
    }

    /// <summary>Does what a person types, line by line.</summary>
    private static async Task ObeyAsync(DeviceModel model, TextReader input, TextWriter error, CancellationToken stop)
    {
        while (await input.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (TypedStep.TryParse(line, out ScriptStep? step, out string? wrong))
            {
                wrong = await TryAsync(() => model.DoAsync(step, stop)).ConfigureAwait(false);
            }

            if (wrong is not null)
            {
                await error.WriteLineAsync($"homehub-sim: {wrong}").ConfigureAwait(false);
            }
        }
    }

    private static async Task<string?> TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
            return null;
        }
        catch (DBusException error)
        {
            return $"{error.Name}: {error.Message}";
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}
