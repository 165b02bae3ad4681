using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
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
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), configuration);
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                return await DeviceOptions.WithCentralAsync(
                    io,
                    DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                    central => RunAsync(
                        io, central, registry, device, cancellation, () => ForgetRecordsAsync(io, folder, device, cancellation)),
                    cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>What is forgotten without the radio, which may fail afterwards, and is noted.</summary>
    private static async Task ForgetRecordsAsync(CommandIo io, string folder, string device, CancellationToken cancellation)
    {
        await BufferAccess.ForgetDeviceAsync(io, folder, device, cancellation).ConfigureAwait(false);
        await AuditTrail.NoteAsync(io, folder, AuditActs.DeviceForgotten, AuditTrail.CommandLineUser, null, device, cancellation).ConfigureAwait(false);
    }

    /// <summary>Forgets a device. The registry first: from then on nothing is taken from it, whatever the radio does.</summary>
    public static async Task<int> RunAsync(
        CommandIo io, ICentral central, IDeviceRegistry registry, string address, CancellationToken cancellation, Func<Task>? forgetRecords = null)
    {
        bool wasThere = await registry.RemoveAsync(address, cancellation).ConfigureAwait(false);
        await (forgetRecords?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        await central.ForgetAsync(address, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync(wasThere ? $"{address} is forgotten." : $"{address} was not set up; a bond that was there is removed.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
