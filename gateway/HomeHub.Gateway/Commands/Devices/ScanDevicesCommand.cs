using System.CommandLine;
using HomeHub.Gateway.Commands.Catalogue;
using HomeHub.Gateway.Configuration;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices scan</c>: what is near, for a while.</summary>
internal static class ScanDevicesCommand
{
    private const int DefaultSeconds = 15, MaxSeconds = 3_600;

    public static Command Create(CommandIo io)
    {
        Option<string?> adapter = DeviceOptions.Adapter(), data = HubOptions.Data(), config = HubOptions.Config();
        Option<bool> all = DeviceOptions.All(), json = DeviceOptions.Json();
        var seconds = new Option<int>("--seconds")
        {
            Description = $"How long to listen, 1 to {MaxSeconds}.", HelpName = "SECONDS", DefaultValueFactory = _ => DefaultSeconds,
        };
        var command = new ExampledCommand(
            "scan",
            "Shows the health devices that are near. Many devices advertise only for seconds after a measurement, or while their Bluetooth button is held.",
            "homehub devices scan",
            "homehub devices scan --all --seconds 30",
            "homehub devices scan --json | jq -r .address")
        {
            seconds, all, json, adapter, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            int listen = parsed.GetValue(seconds);
            if (listen is < 1 or > MaxSeconds)
            {
                throw new UsageException($"--seconds must be 1 to {MaxSeconds}.");
            }

            DeviceCatalogue models = await CatalogueOptions.LoadAsync(io, configuration.CatalogueFolder).ConfigureAwait(false);
            var view = new NearbyView(io, parsed.GetValue(data) ?? configuration.Data, models, parsed.GetValue(all));
            return await DeviceOptions.WithCentralAsync(
                io,
                DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                central => view.ScanAsync(central, TimeSpan.FromSeconds(listen), parsed.GetValue(json), cancellation),
                cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
