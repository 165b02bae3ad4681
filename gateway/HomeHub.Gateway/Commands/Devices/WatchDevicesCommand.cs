using System.CommandLine;
using HomeHub.Gateway.Commands.Catalogue;
using HomeHub.Gateway.Configuration;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices watch</c>: what is near, until it is stopped.</summary>
internal static class WatchDevicesCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> adapter = DeviceOptions.Adapter(), data = HubOptions.Data(), config = HubOptions.Config();
        Option<bool> all = DeviceOptions.All(), json = DeviceOptions.Json();
        var command = new ExampledCommand(
            "watch",
            "Shows the health devices that are near, live, until Ctrl-C. With --json a line when a device is first heard, when more is known of it, and once a "
            + "second while it is heard.",
            "homehub devices watch --data ./data",
            "homehub devices watch --all --json")
        {
            all, json, adapter, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            DeviceCatalogue models = await CatalogueOptions.LoadAsync(io, configuration.CatalogueFolder).ConfigureAwait(false);
            var view = new NearbyView(io, parsed.GetValue(data) ?? configuration.Data, models, parsed.GetValue(all));
            return await DeviceOptions.WithCentralAsync(
                io,
                DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                central => view.WatchAsync(central, parsed.GetValue(json), cancellation),
                cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
