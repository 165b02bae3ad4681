using System.CommandLine;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using Spectre.Console;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices list</c>: what was set up, and how it is. Needs no radio.</summary>
internal static class ListDevicesCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        Option<bool> json = DeviceOptions.Json();
        var command = new ExampledCommand(
            "list",
            "Lists the devices that were set up: whose they are, when they were last in contact, and what needs doing.",
            "homehub devices list --data ./data",
            "homehub devices list --data ./data --json | jq -r 'select(.trouble) | .address'")
        {
            data, json, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), configuration);
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                return await RunAsync(io, registry, io.Clock(configuration), parsed.GetValue(json), cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Lists what is in a registry.</summary>
    public static async Task<int> RunAsync(CommandIo io, IDeviceRegistry registry, IHubClock clock, bool asJson, CancellationToken cancellation)
    {
        IReadOnlyList<RegisteredDevice> devices = await registry.ListAsync(cancellation).ConfigureAwait(false);
        if (asJson)
        {
            foreach (RegisteredDevice device in devices)
            {
                DeviceJson.Write(io.Out, device);
            }

            return ExitCodes.Done;
        }

        using StreamWriter text = io.OpenText();
        if (devices.Count == 0)
        {
            await text.WriteLineAsync("No device has been set up yet: homehub devices scan shows what is near.").ConfigureAwait(false);
            return ExitCodes.Done;
        }

        bool isKnown = clock.IsTimeKnown;
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect, Out = new AnsiConsoleOutput(text),
        }).Write(DeviceTable.OfRegistered(devices, isKnown ? io.Time.GetUtcNow() : null));
        if (!isKnown && devices.Any(device => device.ExpectedEvery is not null))
        {
            await text.WriteLineAsync("Who is silent for longer than expected is not known until the hub's clock is synchronised.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }
}
