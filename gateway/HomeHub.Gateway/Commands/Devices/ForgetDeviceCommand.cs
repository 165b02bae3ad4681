using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Requests;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices forget</c>: the hub takes nothing from the device any more.</summary>
internal static class ForgetDeviceCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> adapter = DeviceOptions.Adapter(), data = HubOptions.Data(), config = HubOptions.Config();
        Argument<string> address = DeviceOptions.Address();
        var command = new ExampledCommand(
            "forget",
            "Removes a device: its bond, and all that the hub knows of it and of its records that have left the local history. Its readings stay, and are delivered.",
            "homehub devices forget C0:FF:EE:00:00:01 --data ./data")
        {
            address, data, adapter, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string device = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), configuration));
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
                await using (audit.ConfigureAwait(false))
                {
                    var desk = new DeviceDesk(registry, audit, io.Time, () => true);
                    return await DeviceOptions.WithCentralAsync(
                        io,
                        DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                        central => RunAsync(io, central, desk, device, (address, token) => BufferAccess.ForgetDeviceAsync(io, folder, address, token), cancellation),
                        cancellation).ConfigureAwait(false);
                }
            }
        });
        return command;
    }

    /// <summary>Forgets a device.</summary>
    public static async Task<int> RunAsync(
        CommandIo io, ICentral central, DeviceDesk desk, string address, Func<string, CancellationToken, Task> forgetRecords, CancellationToken cancellation)
    {
        bool wasThere = await desk.ForgetAsync(address, forgetRecords, central, AuditTrail.CommandLineUser, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync(wasThere ? $"{address} is forgotten." : $"{address} was not set up; a bond that was there is removed.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
