using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices unassign</c>: a device, or one of its user slots, is nobody's from now on. Needs no radio.</summary>
internal static class UnassignDeviceCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        Option<int?> user = DeviceOptions.User();
        Argument<string> address = DeviceOptions.Address();
        var command = new ExampledCommand(
            "unassign",
            "Makes a device, or one user slot of it, nobody's: what it measures is kept, and waits to be assigned. Nothing that was taken changes.",
            "homehub devices unassign C0:FF:EE:00:00:04 --user 2 --data ./data",
            "homehub devices unassign C0:FF:EE:00:00:01 --data ./data")
        {
            address, user, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string device = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            byte? slot = DeviceOptions.ReadUser(parsed.GetValue(user));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                int exit = await RunAsync(io, registry, device, slot, cancellation).ConfigureAwait(false);
                await AuditTrail.NoteAsync(
                    io, folder, AuditActs.DeviceUnassigned, AuditTrail.CommandLineUser, null, AuditTrail.DeviceText(device, slot), cancellation).ConfigureAwait(false);
                return exit;
            }
        });
        return command;
    }

    /// <summary>Unassigns.</summary>
    /// <exception cref="UsageException">Nobody has set the device up, or several people use it and no slot was named.</exception>
    public static async Task<int> RunAsync(CommandIo io, IDeviceRegistry registry, string address, byte? slot, CancellationToken cancellation)
    {
        RegisteredDevice before = await registry.FindAsync(address, cancellation).ConfigureAwait(false) ?? throw AssignDeviceCommand.NotSetUp(address);
        if (slot is null && before.Slots.Count > 0)
        {
            throw new UsageException($"Several people use {address}: --user N says which slot is meant.");
        }

        bool was = await registry.UnassignAsync(address, slot, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        string what = slot is { } index ? $"User {index} of {address}" : address;
        await text.WriteLineAsync(was ? $"{what} is nobody's from now on." : $"{what} was nobody's.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
