using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Commands.Catalogue;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices pair</c>: sets a device up for a patient.</summary>
internal static class PairDeviceCommand
{
    private const int MaxPasskey = 999_999;

    public static Command Create(CommandIo io)
    {
        Option<string?> adapter = DeviceOptions.Adapter(), data = HubOptions.Data(), config = HubOptions.Config();
        Option<bool> json = DeviceOptions.Json();
        Argument<string> address = DeviceOptions.Address();
        var patient = new Option<string?>("--patient") { Description = "Whose device it is: Patient/id, or system|value.", HelpName = "PATIENT" };
        Option<int?> user = DeviceOptions.User();
        Option<int?> consentCode = DeviceOptions.ConsentCode();
        Option<string?> since = DeviceOptions.Since();
        var yes = new Option<bool>("--yes") { Description = "Pairs without asking where the device has no number to compare." };
        var passkey = new Option<int?>("--passkey") { Description = "The number that the device shows; without it you are asked.", HelpName = "NUMBER" };
        var allowLegacy = new Option<bool>("--allow-legacy")
        {
            Description = "Accepts a device that can't pair by LE Secure Connections, or where the system does not tell how it paired, although its model in "
                + "the catalogue does not say so.",
        };
        var noBond = new Option<bool>("--no-bond") { Description = "Sets up a device without pairing, whatever its model needs." };
        var bond = new Option<bool>("--bond") { Description = "Pairs with a device whose model works without, as many heart-rate straps do." };
        var model = new Option<string?>("--model") { Description = "Its model, as catalogue list names it; without it, by what the device advertises.", HelpName = "ID" };
        Option<string> language = CatalogueOptions.Language();
        var command = new ExampledCommand(
            "pair",
            "Sets a device up for a patient: waits until it is heard, pairs with it, and takes its readings from then on. Done again for a device that lost "
            + "its pairing, it keeps what the device has stored.",
            "homehub devices pair C0:FF:EE:00:00:01 --patient Patient/p1 --data ./data",
            "homehub devices pair C0:FF:EE:00:00:01 --patient Patient/p1 --data ./data --passkey 123456",
            "homehub devices pair C0:FF:EE:00:00:04 --patient Patient/p1 --user 1 --consent-code 1234 --data ./data",
            "homehub devices pair C0:FF:EE:00:00:05 --patient Patient/p1 --since 2026-03-01 --data ./data",
            "homehub devices pair C0:FF:EE:00:00:06 --patient Patient/p1 --data ./data --model polar-h10 --language sv")
        {
            address, patient, user, consentCode, since, data, model, language, yes, passkey, allowLegacy, bond, noBond, json, adapter, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            PatientReference owner = HubOptions.ReadPatient(parsed.GetValue(patient), "whose device it is");
            byte? slot = DeviceOptions.ReadUser(parsed.GetValue(user));
            ushort? code = DeviceOptions.ReadConsentCode(parsed.GetValue(consentCode), slot);
            bool isClockKnown = io.Clock(configuration).IsTimeKnown;
            DateTimeOffset? from = DeviceOptions.ReadSince(parsed.GetValue(since), io.Time, isClockKnown);
            int? number = parsed.GetValue(passkey);
            if (number is < 0 or > MaxPasskey)
            {
                throw new UsageException($"--passkey must be 0 to {MaxPasskey}.");
            }

            if (parsed.GetValue(bond) && parsed.GetValue(noBond))
            {
                throw new UsageException("--bond and --no-bond don't go together.");
            }

            string deviceAddress = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            string folder = HubOptions.RequireLiving(HubOptions.RequireData(parsed.GetValue(data), configuration));
            string tongue = CatalogueOptions.ReadLanguage(parsed.GetValue(language)!);
            DeviceCatalogue models = await CatalogueOptions.LoadAsync(io, configuration.CatalogueFolder).ConfigureAwait(false);
            CatalogueEntry? named = parsed.GetValue(model) is not { } id ? null : models.Find(id)
                ?? throw new UsageException($"--model must be a model of the catalogue, not {id}: homehub catalogue list shows them.");
            var setup = new TerminalSetup
            {
                Address = deviceAddress,
                Patient = owner,
                UserIndex = slot,
                ConsentCode = code,
                Since = from,
                IsClockKnown = isClockKnown,
                Bonds = parsed.GetValue(noBond) ? false : parsed.GetValue(bond) ? true : null,
                Models = models,
                Model = named,
                Language = tongue,
                AllowLegacy = parsed.GetValue(allowLegacy),
                Prompt = new TerminalPrompt(io, parsed.GetValue(yes), (uint?)number),
            };
            _ = DeviceOptions.ChooseSince(from, io.Time, isClockKnown);
            int exit = await DeviceOptions.WithCentralAsync(
                io,
                DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                central => setup.RunAsync(io, central, folder, parsed.GetValue(json), cancellation),
                cancellation).ConfigureAwait(false);
            await AuditTrail.NoteAsync(
                io, folder, AuditActs.DevicePaired, AuditTrail.CommandLineUser, setup.Patient, AuditAbout.OfDevice(setup.Address, setup.UserIndex), cancellation)
                .ConfigureAwait(false);
            return exit;
        });
        return command;
    }
}
