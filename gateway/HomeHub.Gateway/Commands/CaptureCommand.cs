using System.CommandLine;
using System.Runtime.InteropServices;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Capture;
using HomeHub.Gateway.Commands.Catalogue;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub capture</c>: one connection with a device as capture lines, so that what it says can be replayed.</summary>
internal static class CaptureCommand
{
    private const int MaxSeconds = 4 * 3_600;

    public static Command Create(CommandIo io)
    {
        Argument<string> address = DeviceOptions.Address();
        Option<string?> adapter = DeviceOptions.Adapter(), data = HubOptions.Data(), config = HubOptions.Config();
        var raw = new Option<bool>("--raw")
        {
            Description = "As it came: with dates, address, system id, serial number and patient, and what no profile knows. Without it all of these are replaced or left out.",
        };
        var seconds = new Option<int?>("--for")
        {
            Description = $"How long to listen, 1 to {MaxSeconds}. Without it: until the device has told all.", HelpName = "SECONDS",
        };
        var yes = new Option<bool>("--yes") { Description = "Goes on although the device is a patient's and what it sends now may reach nobody else." };
        var command = new ExampledCommand(
            "capture",
            "Records one connection with a device that is near, as capture lines (NDJSON, docs/capture.md) on standard output. Anonymised unless --raw is given. The hub "
            + "gets nothing of what the device sends meanwhile.",
            "homehub capture C0:FF:EE:00:00:01 > capture.ndjson",
            "homehub capture C0:FF:EE:00:00:01 --for 60 > capture.ndjson",
            "homehub capture C0:FF:EE:00:00:01 --data ./data --raw > capture.ndjson")
        {
            address, data, raw, seconds, yes, adapter, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string device = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            if (parsed.GetValue(seconds) is < 1 or > MaxSeconds)
            {
                throw new UsageException($"--for must be 1 to {MaxSeconds}.");
            }

            RegisteredDevice? registered = await FindAsync(parsed.GetValue(data) ?? configuration.Data, device, cancellation).ConfigureAwait(false);
            CheckPatient(registered, parsed.GetValue(raw) || parsed.GetValue(yes));
            DeviceCatalogue models = await CatalogueOptions.LoadAsync(io, configuration.CatalogueFolder).ConfigureAwait(false);
            var capture = new DeviceCapture
            {
                Address = device,
                Registered = registered,
                IsRaw = parsed.GetValue(raw),
                IsAllowed = parsed.GetValue(yes),
                Listens = parsed.GetValue(seconds) is { } listens ? TimeSpan.FromSeconds(listens) : null,
                Traits = (found, model) => models.TraitsOf(found, model),
            };
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using PosixSignalRegistration interrupted = EndOn(PosixSignal.SIGINT, stop), terminated = EndOn(PosixSignal.SIGTERM, stop);
            return await DeviceOptions.WithCentralAsync(
                io,
                DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                central => capture.RunAsync(io, central, stop.Token),
                cancellation).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>A reading that only stands in an anonymised file is lost to its patient.</summary>
    internal static void CheckPatient(RegisteredDevice? registered, bool isWanted)
    {
        if (registered is not null && !isWanted)
        {
            throw new UsageException(
                "This device is set up for a patient: what it sends now would be in this file and not at the hub, and some devices send a reading once. --raw keeps it for "
                + "homehub run --replay; --yes goes on nevertheless.");
        }
    }

    private static async Task<RegisteredDevice?> FindAsync(string? folder, string address, CancellationToken cancellation)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return null;
        }

        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
        await using (registry.ConfigureAwait(false))
        {
            return await registry.FindAsync(address, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The first signal ends the capture in order; the second one the process.</summary>
    private static PosixSignalRegistration EndOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    });
}
