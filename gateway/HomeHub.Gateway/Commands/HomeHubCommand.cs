using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using HomeHub.Core.Buffering;
using HomeHub.Core.Moving;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Commands.Audit;
using HomeHub.Gateway.Commands.Catalogue;
using HomeHub.Gateway.Commands.Consent;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Gateway.Commands.Moving;
using HomeHub.Gateway.Commands.Readings;
using HomeHub.Simulation.Household;

namespace HomeHub.Gateway.Commands;

/// <summary>The command line <c>homehub</c>.</summary>
internal static class HomeHubCommand
{
    private static readonly string[] Examples =
    [
        "homehub run --data /var/lib/homehub --broker mqtts://broker.example:8883 --config /etc/homehub/homehub.json",
        "homehub run --data ./data --broker mqtt://127.0.0.1:1883 --replay capture.ndjson --exit-when-drained",
        "homehub devices pair C0:FF:EE:00:00:01 --patient Patient/p1 --data ./data",
        "homehub decode < capture.ndjson",
        "homehub status --data ./data",
    ];

    /// <summary>Runs a command line. Errors go to standard error as one line.</summary>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellation)
    {
        ParseResult parsed = Create(io).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            string path = string.Join(' ', PathOf(parsed.CommandResult));
            string message = parsed.UnmatchedTokens is [var unknown, ..] ? $"{unknown} is not known here." : parsed.Errors[0].Message;
            await io.Error.WriteLineAsync($"homehub: {message} See: {path} --help").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        using StreamWriter output = io.OpenText();
        var invocation = new InvocationConfiguration
        {
            Output = output, Error = io.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is UsageException or HouseholdException)
        {
            return await FailAsync(io, error.Message, ExitCodes.Usage).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CommandFailedException or BufferException or MoveException or PeripheralException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(io, error.Message, ExitCodes.Failed).ConfigureAwait(false);
        }
    }

    private static async Task<int> FailAsync(CommandIo io, string message, int exit)
    {
        await io.Error.WriteLineAsync($"homehub: {message.ReplaceLineEndings(" ")}").ConfigureAwait(false);
        return exit;
    }

    private static RootCommand Create(CommandIo io)
    {
        var root = new RootCommand("HomeHub: takes readings from personal health devices, keeps them safe, and delivers them as FHIR over MQTT.")
        {
            DecodeCommand.Create(io),
            CaptureCommand.Create(io),
            ReplayCommand.Create(io),
            RunCommand.Create(io),
            DevicesCommand.Create(io),
            ConsentCommand.Create(io),
            CatalogueCommand.Create(io),
            StatusCommand.Create(io),
            CheckCommand.Create(io),
            LabelCommand.Create(io),
            PagesCommand.Create(io),
            MoveCommand.Create(io),
            SupportCommand.Create(io),
            ReadingsCommand.Create(io),
            AuditCommand.Create(io),
            ExportCommand.Create(io),
            RetryRejectedCommand.Create(io),
            QuarantineCommand.Create(io),
            DemoCommand.Create(io),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelpAction((HelpAction)help.Action!, Examples);
        return root;
    }

    private static IEnumerable<string> PathOf(System.CommandLine.Parsing.CommandResult result)
    {
        if (result.Parent is System.CommandLine.Parsing.CommandResult parent)
        {
            foreach (string name in PathOf(parent))
            {
                yield return name;
            }

            yield return result.Command.Name;
        }
        else
        {
            yield return "homehub";
        }
    }
}
