using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
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
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config))));
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
                await using (audit.ConfigureAwait(false))
                {
                    return await RunAsync(io, new DeviceDesk(registry, audit, io.Time, () => true), device, slot, cancellation).ConfigureAwait(false);
                }
            }
        });
        return command;
    }

    /// <summary>Unassigns.</summary>
    /// <exception cref="UsageException">Nobody has set the device up, or several people use it and no slot was named.</exception>
    public static async Task<int> RunAsync(CommandIo io, DeviceDesk desk, string address, byte? slot, CancellationToken cancellation)
    {
        SetupProblem? problem = await desk.UnassignAsync(address, slot, AuditTrail.CommandLineUser, cancellation).ConfigureAwait(false);
        if (problem is SetupProblem.UserNotNamed)
        {
            throw new UsageException($"Several people use {address}: --user N says which slot is meant.");
        }

        if (problem is not null and not SetupProblem.WasNobodys)
        {
            throw AssignDeviceCommand.NotSetUp(address);
        }

        using StreamWriter text = io.OpenText();
        string what = slot is { } index ? $"User {index} of {address}" : address;
        await text.WriteLineAsync(problem is null ? $"{what} is nobody's from now on." : $"{what} was nobody's.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
