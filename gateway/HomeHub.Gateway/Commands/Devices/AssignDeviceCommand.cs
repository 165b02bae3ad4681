using System.CommandLine;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices assign</c>: whose a device, or one of its user slots, is from now on. Needs no radio.</summary>
internal static class AssignDeviceCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        Option<int?> user = DeviceOptions.User();
        Argument<string> address = DeviceOptions.Address();
        var patient = new Option<string?>("--patient") { Description = "Whose it is from now on: Patient/id, or system|value.", HelpName = "PATIENT" };
        var command = new ExampledCommand(
            "assign",
            "Says whose a device that was set up is from now on, or who has which user slot of it. What it measured before stays whose it was, or nobody's.",
            "homehub devices assign C0:FF:EE:00:00:04 --patient Patient/p2 --user 2 --data ./data",
            "homehub devices assign C0:FF:EE:00:00:01 --patient Patient/p2 --data ./data")
        {
            address, patient, user, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string device = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            PatientReference person = HubOptions.ReadPatient(parsed.GetValue(patient), "whose device it is");
            byte? slot = DeviceOptions.ReadUser(parsed.GetValue(user));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                return await RunAsync(io, registry, device, slot, person, cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Assigns.</summary>
    /// <exception cref="UsageException">Nobody has set the device up, or several people use it and no slot was named.</exception>
    public static async Task<int> RunAsync(
        CommandIo io, IDeviceRegistry registry, string address, byte? slot, PatientReference person, CancellationToken cancellation)
    {
        RegisteredDevice before = await registry.FindAsync(address, cancellation).ConfigureAwait(false) ?? throw NotSetUp(address);
        if (slot is null && before.Slots.Count > 0)
        {
            throw new UsageException($"Several people use {address}: --user N says whose records are meant. To make it one person's, unassign the slots first.");
        }

        if (!await registry.AssignAsync(address, slot, person, io.Time.GetUtcNow(), cancellation).ConfigureAwait(false))
        {
            throw NotSetUp(address);
        }

        using StreamWriter text = io.OpenText();
        string what = slot is { } index ? $"User {index} of {address}" : address;
        await text.WriteLineAsync($"{what} is {person.Key}'s from now on.").ConfigureAwait(false);
        if (slot is not null && before.Patient is { } owner)
        {
            await text.WriteLineAsync($"It was used by {owner.Key} alone: records of other users, or of none, are nobody's now, and wait to be assigned.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>What is said of a device that nobody has set up.</summary>
    public static UsageException NotSetUp(string address) => new($"{address} is not set up: homehub devices pair does it.");
}
