using System.CommandLine;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Configuration;

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
        var yes = new Option<bool>("--yes") { Description = "Pairs without asking where the device has no number to compare." };
        var passkey = new Option<int?>("--passkey") { Description = "The number that the device shows; without it you are asked.", HelpName = "NUMBER" };
        var allowLegacy = new Option<bool>("--allow-legacy")
        {
            Description = "Accepts a device that can't pair by LE Secure Connections, or where the system does not tell how it paired.",
        };
        var noBond = new Option<bool>("--no-bond") { Description = "Sets up a device that works without pairing, as many heart-rate straps do." };
        var command = new ExampledCommand(
            "pair",
            "Sets a device up for a patient: waits until it is heard, pairs with it, and takes its readings from then on. Done again for a device that lost "
            + "its pairing, it keeps what the device has stored.",
            "homehub devices pair C0:FF:EE:00:00:01 --patient Patient/p1 --data ./data",
            "homehub devices pair C0:FF:EE:00:00:01 --patient Patient/p1 --data ./data --passkey 123456",
            "homehub devices pair C0:FF:EE:00:00:06 --patient Patient/p1 --data ./data --no-bond")
        {
            address, patient, data, yes, passkey, allowLegacy, noBond, json, adapter, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            if (!PatientReference.TryParse(parsed.GetValue(patient), out PatientReference? owner))
            {
                throw new UsageException("--patient must say whose device it is: Patient/id, or system|value.");
            }

            int? number = parsed.GetValue(passkey);
            if (number is < 0 or > MaxPasskey)
            {
                throw new UsageException($"--passkey must be 0 to {MaxPasskey}.");
            }

            var setup = new DeviceSetup
            {
                Address = DeviceOptions.ReadAddress(parsed.GetValue(address)!),
                Patient = owner!,
                NeedsBond = !parsed.GetValue(noBond),
                AllowLegacy = parsed.GetValue(allowLegacy),
                Prompt = new TerminalPrompt(io, parsed.GetValue(yes), (uint?)number),
            };
            string folder = HubOptions.RequireData(parsed.GetValue(data), configuration);
            return DeviceOptions.WithCentralAsync(
                io,
                DeviceOptions.ChooseAdapter(parsed.GetValue(adapter), configuration),
                central => setup.RunAsync(io, central, folder, parsed.GetValue(json), cancellation),
                cancellation);
        });
        return command;
    }
}
