using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Time;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.SelfCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub check</c>: the self-check of a hub, once, beside it or without it.</summary>
internal static class CheckCommand
{
    /// <summary>How long the adapter may take to be there: as long as it takes to know that a service that hangs does not answer.</summary>
    private static readonly TimeSpan AdapterLimit = TimeSpan.FromSeconds(12), AdapterLook = TimeSpan.FromMilliseconds(100);

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var asJson = new Option<bool>("--json") { Description = "For scripts." };
        var command = new ExampledCommand(
            "check",
            "Looks once at what a hub looks at daily: database, disk, clock, certificates, Bluetooth adapter. Beside a running hub or without one. Exit status 1 when something is bad.",
            "homehub check --data ./data",
            "homehub check --config /etc/homehub/homehub.json --json | jq .outcome")
        {
            data, asJson, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), configuration);
            return RunAsync(io, folder, configuration, parsed.GetValue(asJson), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, HubConfiguration configuration, bool asJson, CancellationToken cancellation)
    {
        SelfCheckReport report = await LookAsync(io, folder, configuration, cancellation).ConfigureAwait(false);
        if (asJson)
        {
            using (var json = new Utf8JsonWriter(io.Out, Options))
            {
                SelfCheckJson.Write(json, report);
            }

            io.Out.Write("\n"u8);
        }
        else
        {
            using StreamWriter text = io.OpenText();
            Write(report, text);
        }

        return report.Worst == CheckOutcome.Bad ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<SelfCheckReport> LookAsync(CommandIo io, string folder, HubConfiguration configuration, CancellationToken cancellation)
    {
        IHubClock clock = io.Clock(configuration);
        if (!configuration.Bluetooth.IsEnabled)
        {
            return await LookAsync(io, SelfCheckProbes.Of(folder, configuration, null, clock, io.Time), cancellation).ConfigureAwait(false);
        }

        ICentral radio = Adapters.OpenCentral(configuration.Bluetooth.Adapter, isHub: false, NullLoggerFactory.Instance, io.Time);
        await using (radio.ConfigureAwait(false))
        {
            long start = io.Time.GetTimestamp();
            while (radio.State.Condition == CentralCondition.Starting && io.Time.GetElapsedTime(start) < AdapterLimit)
            {
                await Task.Delay(AdapterLook, io.Time, cancellation).ConfigureAwait(false);
            }

            return await LookAsync(io, SelfCheckProbes.Of(folder, configuration, radio, clock, io.Time), cancellation).ConfigureAwait(false);
        }
    }

    private static Task<SelfCheckReport> LookAsync(CommandIo io, IReadOnlyList<ISelfCheckProbe> probes, CancellationToken cancellation) =>
        new SelfCheckKeeper(probes, io.Time, NullLogger<SelfCheckKeeper>.Instance).LookAsync(cancellation);

    private static void Write(SelfCheckReport report, StreamWriter text)
    {
        foreach (CheckResult result in report.Results)
        {
            text.WriteLine($"{result.Name,-12}  {result.Code}{(result.Finding.Detail is { } detail ? $" ({detail})" : "")}");
            if (result.Finding.Reason is { } reason)
            {
                text.WriteLine($"{"",-12}  {CheckAdvice.Of(reason)}");
            }
        }
    }
}
