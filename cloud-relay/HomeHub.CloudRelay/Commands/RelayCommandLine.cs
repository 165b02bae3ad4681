using System.CommandLine;
using HomeHub.CloudRelay.Store;
using HomeHub.Mosquitto;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Commands;

/// <summary>The command line. Exit status: 0 done, 1 failed while running, 2 wrong usage or configuration (the message names the key).</summary>
internal static class RelayCommandLine
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private const string RunHelp = """
        Takes Bundles from the broker, stores them, answers with receipts and serves them as FHIR.

        Examples:
          homehub-relay run --data /var/lib/homehub-relay --broker mqtt://127.0.0.1:1883 --listen http://127.0.0.1:8090
          homehub-relay run --data DIR --broker mqtts://broker.example:8883 --fhir-server https://fhir.example/r4
          homehub-relay run --data DIR --broker mqtt://127.0.0.1:1883 --listen https://0.0.0.0:8443 \
              --tls-certificate cert.pem --tls-key key.pem --token-file tokens
          homehub-relay run --config /etc/homehub-relay.json

        The configuration file is a JSON object whose members are named like the options; the command line goes first.
        Exit status: 0 ended when told to, 1 failed while running, 2 wrong usage or configuration.
        """;

    private const string ListHelp = """
        Lists what was refused: codes, times, hubs and Bundles. Never what was measured.

        Examples:
          homehub-relay dead-letters list --data /var/lib/homehub-relay
          homehub-relay dead-letters list --data /var/lib/homehub-relay --json
        """;

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("HomeHub cloud relay: the receiving end of HomeHub gateways.")
        {
            RunCommand(error), DeadLettersCommand(output, error), HealthCommand.Create(output, error),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            await error.WriteLineAsync("See homehub-relay --help.");
            return WrongUsage;
        }

        // Signals are handled by the host, which closes in order.
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null });
    }

    private static Command RunCommand(TextWriter error)
    {
        var run = new Command("run", RunHelp);
        var options = RelaySettings.Keys.ToDictionary(key => key.Key, key => new Option<string>($"--{key.Key}") { Description = key.Help });
        var config = new Option<string>("--config") { Description = "Configuration file." };
        foreach (var option in options.Values.Append(config))
        {
            run.Options.Add(option);
        }

        run.SetAction((result, cancellation) => GuardedAsync(error, async () =>
        {
            var settings = new RelaySettings();
            if (result.GetValue(config) is { } path)
            {
                settings.Load(path);
            }

            foreach (var (key, option) in options)
            {
                if (result.GetValue(option) is { } value)
                {
                    settings.Set(key, value);
                }
            }

            await using var relay = await Relay.StartAsync(RelayOptions.From(settings), TimeProvider.System, cancellation);
            await relay.Ended;
            return Done;
        }));
        return run;
    }

    private static Command DeadLettersCommand(TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data") { Description = "Folder of the store.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var list = new Command("list", ListHelp) { data, json };
        list.SetAction((result, _) => GuardedAsync(error, () =>
        {
            using var connection = RelayStore.OpenReadOnly(result.GetValue(data)!);
            DeadLetterList.Write(connection, result.GetValue(json), output);
            return Task.FromResult(Done);
        }));
        return new Command("dead-letters", "What was refused for good, by the relay or by the FHIR server.") { list };
    }

    private static async Task<int> GuardedAsync(TextWriter error, Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (ConfigurationException e)
        {
            await error.WriteLineAsync($"homehub-relay: {e.Message}");
            return WrongUsage;
        }
        catch (OperationCanceledException)
        {
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or StoreVersionException or MosquittoException or InvalidDataException)
        {
            await error.WriteLineAsync($"homehub-relay: {e.Message}");
            return Failed;
        }
    }
}
