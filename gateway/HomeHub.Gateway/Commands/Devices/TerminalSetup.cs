using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Setting up one device for a person at a terminal: says in words how it goes, and whose it is now.</summary>
internal sealed class TerminalSetup
{
    public required string Address { get; init; }

    public required PatientReference Patient { get; init; }

    /// <summary>The user slot that is the patient's; null where the patient is the one person who uses the device, or has a slot already.</summary>
    public byte? UserIndex { get; init; }

    /// <summary>The code by which the device lets the hub have the user's records; null where it asks for none, or stays what it was.</summary>
    public ushort? ConsentCode { get; init; }

    /// <summary>Since when the patient uses it; null: from now on. What the hub knows already of the patient's use of it holds.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the hub's clock is right; while it is not, <see cref="Since"/> is given, and stands for when it was set up as well.</summary>
    public required bool IsClockKnown { get; init; }

    /// <summary>Whether it is bonded; null: as its model needs it.</summary>
    public bool? Bonds { get; init; }

    /// <summary>Whether legacy pairing is accepted although its model does not say so.</summary>
    public required bool AllowLegacy { get; init; }

    /// <summary>The device models that are known.</summary>
    public required DeviceCatalogue Models { get; init; }

    /// <summary>Its model, when the person named it; null: it is found by what it advertises.</summary>
    public CatalogueEntry? Model { get; init; }

    /// <summary>Language of the pairing steps.</summary>
    public required string Language { get; init; }

    public required IPairingPrompt Prompt { get; init; }

    /// <summary>Sets it up with the registry of a data folder.</summary>
    public async Task<int> RunAsync(CommandIo io, ICentral central, string folder, bool asJson, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
        await using (registry.ConfigureAwait(false))
        {
            return await RunAsync(io, central, registry, asJson, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sets it up.</summary>
    /// <exception cref="UsageException">Others use it, and whose slot this person's is was not said; or somebody else had it until now.</exception>
    /// <exception cref="CommandFailedException">It was not heard; or the hub does not know its time, and nobody said since when.</exception>
    /// <exception cref="PeripheralException">It did not pair.</exception>
    public async Task<int> RunAsync(CommandIo io, ICentral central, IDeviceRegistry registry, bool asJson, CancellationToken cancellation)
    {
        var request = new SetupRequest
        {
            Address = Address,
            Patient = Patient,
            UserIndex = UserIndex,
            ConsentCode = ConsentCode,
            Since = Since,
            IsClockKnown = IsClockKnown,
            Bonds = Bonds,
            AllowLegacy = AllowLegacy,
            Model = Model,
            Prompt = Prompt,
        };
        CatalogueMatch? told = null;
        SetupOutcome outcome = await new DeviceSetup(central, registry, Models, io.Time).RunAsync(
            request,
            async progress =>
            {
                await TellAsync(io, progress, told).ConfigureAwait(false);
                told ??= progress.Match;
            },
            cancellation).ConfigureAwait(false);
        if (outcome.Device is not { } device)
        {
            throw await ExplainAsync(registry, outcome.Problem, cancellation).ConfigureAwait(false);
        }

        await SayAsync(io, device, asJson).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private async Task TellAsync(CommandIo io, SetupProgress progress, CatalogueMatch? told)
    {
        switch (progress.Step)
        {
            case SetupStep.Listening:
                await PairingGuide.TellAsync(io, progress.Match, Language).ConfigureAwait(false);
                await io.Error.WriteLineAsync($"Listening for {Address}: wake the device, or hold its Bluetooth button until it shows that it pairs.").ConfigureAwait(false);
                break;
            case SetupStep.Heard:
                if (told is null)
                {
                    await PairingGuide.TellAsync(io, progress.Match, Language).ConfigureAwait(false);
                    await PairingGuide.TellUnverifiedAsync(io, progress.Match, progress.Heard!).ConfigureAwait(false);
                }

                if (progress.Match?.Quirks.NeedsUserConsent == true && ConsentCode is null && UserIndex is null)
                {
                    await io.Error.WriteLineAsync("This model tells a user's records only with that user's code: --user N --consent-code CODE, as set at the device.").ConfigureAwait(false);
                }

                break;
            case SetupStep.Pairing:
                await io.Error.WriteLineAsync("Heard. Pairing.").ConfigureAwait(false);
                break;
            case SetupStep.AddressChanged:
                await io.Error.WriteLineAsync($"It changes its address while it is not paired. From now on it is known as {progress.Address}.").ConfigureAwait(false);
                break;
            case SetupStep.Done:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(progress), progress.Step, "No such step.");
        }
    }

    private async Task<Exception> ExplainAsync(IDeviceRegistry registry, SetupProblem? problem, CancellationToken cancellation)
    {
        switch (problem)
        {
            case SetupProblem.ClockNotKnown:
                return DeviceOptions.ClockNotKnown();
            case SetupProblem.UserNotNamed:
                return new UsageException($"Several people use {Address}: --user N says under which number it keeps this person's records (homehub devices list shows the others).");
            case SetupProblem.WasSomebodyElses:
                RegisteredDevice? before = await registry.FindAsync(Address, cancellation).ConfigureAwait(false);
                return DeviceOptions.WasSomebodyElses(Address, before, UserIndex);
            default:
                return new CommandFailedException(
                    $"{Address} was not heard for {DeviceSetup.HearLimit.TotalSeconds:0} s. Is it awake, near, and not connected to a phone? homehub devices scan --all shows what is near.");
        }
    }

    private static async Task SayAsync(CommandIo io, RegisteredDevice device, bool asJson)
    {
        if (asJson)
        {
            DeviceJson.Write(io.Out, device);
            return;
        }

        string how = device.Bond switch
        {
            null => "without a bond",
            BondSecurity.SecureConnectionsAuthenticated => "by a secure connection that was confirmed",
            BondSecurity.SecureConnections => "by a secure connection",
            BondSecurity.Legacy => "by legacy pairing, as allowed",
            _ => "the system does not tell how",
        };
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync($"{device.Address} is set up for {DeviceTable.People(device)} ({how}).").ConfigureAwait(false);
    }
}
