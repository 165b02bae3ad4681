using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices assign</c>: whose a device, or one of its user slots, is from now on. Needs no radio.</summary>
internal static class AssignDeviceCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        Option<int?> user = DeviceOptions.User();
        Option<string?> since = DeviceOptions.Since();
        Argument<string> address = DeviceOptions.Address();
        var patient = new Option<string?>("--patient") { Description = "Whose it is from now on: Patient/id, or system|value.", HelpName = "PATIENT" };
        var command = new ExampledCommand(
            "assign",
            "Says whose a device that was set up is from now on, or who has which user slot of it. What it measured before stays whose it was, or nobody's.",
            "homehub devices assign C0:FF:EE:00:00:04 --patient Patient/p2 --user 2 --data ./data",
            "homehub devices assign C0:FF:EE:00:00:01 --patient Patient/p2 --data ./data",
            "homehub devices assign C0:FF:EE:00:00:01 --patient Patient/p2 --since 2026-03-01T08:00+01:00 --data ./data")
        {
            address, patient, user, since, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string device = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            PatientReference person = HubOptions.ReadPatient(parsed.GetValue(patient), "whose device it is");
            byte? slot = DeviceOptions.ReadUser(parsed.GetValue(user));
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            bool isClockKnown = io.Clock(configuration).IsTimeKnown;
            DateTimeOffset? from = DeviceOptions.ReadSince(parsed.GetValue(since), io.Time, isClockKnown);
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), configuration));
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
                await using (audit.ConfigureAwait(false))
                {
                    return await RunAsync(io, registry, new DeviceDesk(registry, audit, io.Time, () => isClockKnown), device, slot, person, from, cancellation).ConfigureAwait(false);
                }
            }
        });
        return command;
    }

    /// <summary>Assigns.</summary>
    /// <exception cref="UsageException">
    /// Nobody has set the device up, or several people use it and no slot was named; or it was somebody else's until now, who measured with it meanwhile.
    /// </exception>
    /// <exception cref="CommandFailedException">The hub does not know its time, and nobody said since when.</exception>
    public static async Task<int> RunAsync(
        CommandIo io, IDeviceRegistry registry, DeviceDesk desk, string address, byte? slot, PatientReference person, DateTimeOffset? since, CancellationToken cancellation)
    {
        RegisteredDevice before = await registry.FindAsync(address, cancellation).ConfigureAwait(false) ?? throw NotSetUp(address);
        if (await desk.AssignAsync(address, slot, person, since, null, AuditTrail.CommandLineUser, cancellation).ConfigureAwait(false) is { } problem)
        {
            throw problem switch
            {
                SetupProblem.UserNotNamed => new UsageException($"Several people use {address}: --user N says whose records are meant. To make it one person's, unassign the slots first."),
                SetupProblem.WasSomebodyElses => DeviceOptions.WasSomebodyElses(address, before, slot),
                SetupProblem.ClockNotKnown => DeviceOptions.ClockNotKnown(),
                _ => NotSetUp(address),
            };
        }

        using StreamWriter text = io.OpenText();
        string what = slot is { } index ? $"User {index} of {address}" : address;
        await text.WriteLineAsync(since is { } from
            ? string.Create(CultureInfo.InvariantCulture, $"{what} is {person.Key}'s since {from:yyyy-MM-dd HH:mm}Z.")
            : $"{what} is {person.Key}'s from now on.").ConfigureAwait(false);
        if (slot is not null && before.Patient is { } owner)
        {
            await text.WriteLineAsync($"It was used by {owner.Key} alone: records of other users, or of none, are nobody's now, and wait to be assigned.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>What is said of a device that nobody has set up.</summary>
    public static UsageException NotSetUp(string address) => new($"{address} is not set up: homehub devices pair does it.");
}
