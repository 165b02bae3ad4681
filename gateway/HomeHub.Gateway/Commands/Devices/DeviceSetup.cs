using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Catalogue;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Setting up one device: hear it, pair with it, note whose it is.</summary>
internal sealed class DeviceSetup
{
    /// <summary>Longest wait for the device to be heard: time to find its button.</summary>
    public static readonly TimeSpan HearLimit = TimeSpan.FromMinutes(2);

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
    /// <exception cref="CommandFailedException">It was not heard; or the hub does not know its time, and nobody said since when.</exception>
    /// <exception cref="PeripheralException">It did not pair.</exception>
    public async Task<int> RunAsync(CommandIo io, ICentral central, IDeviceRegistry registry, bool asJson, CancellationToken cancellation)
    {
        RegisteredDevice? before = await registry.FindAsync(Address, cancellation).ConfigureAwait(false);
        DateTimeOffset now = IsClockKnown ? io.Time.GetUtcNow() : DeviceOptions.ChooseSince(Since, io.Time, IsClockKnown);
        RegisteredDevice people = ChoosePeople(before, now);
        CatalogueMatch? expected = Model is { } named ? new CatalogueMatch([named], MatchCertainty.Certain) : Models.Find(new DeviceSighting { Name = before?.Name });
        await PairingGuide.TellAsync(io, expected, Language).ConfigureAwait(false);
        await io.Error.WriteLineAsync($"Listening for {Address}: wake the device, or hold its Bluetooth button until it shows that it pairs.").ConfigureAwait(false);
        Advertisement heard = await HearAsync(central, io.Time, cancellation).ConfigureAwait(false);
        CatalogueMatch? match = Model is null ? Models.Find(heard) ?? expected : expected;
        if (expected is null)
        {
            await PairingGuide.TellAsync(io, match, Language).ConfigureAwait(false);
            await PairingGuide.TellUnverifiedAsync(io, match, heard).ConfigureAwait(false);
        }

        DeviceQuirks quirks = match?.Quirks ?? DeviceQuirks.None;
        if (quirks.NeedsUserConsent && ConsentCode is null && UserIndex is null)
        {
            await io.Error.WriteLineAsync("This model tells a user's records only with that user's code: --user N --consent-code CODE, as set at the device.").ConfigureAwait(false);
        }

        NewBond? bond = null;
        if (Bonds ?? quirks.NeedsBond)
        {
            await io.Error.WriteLineAsync("Heard. Pairing.").ConfigureAwait(false);
            var request = new PairingRequest
            {
                Address = Address, AddressType = heard.AddressType, Prompt = Prompt, AllowLegacy = AllowLegacy || quirks.AcceptsLegacyPairing,
            };
            bond = await central.PairAsync(request, cancellation).ConfigureAwait(false);
        }

        if (bond is not null && bond.Address != Address)
        {
            await io.Error.WriteLineAsync($"It changes its address while it is not paired. From now on it is known as {bond.Address}.").ConfigureAwait(false);
            before = await registry.FindAsync(bond.Address, cancellation).ConfigureAwait(false);
            people = ChoosePeople(before, now) with { Address = bond.Address };
        }

        RegisteredDevice device = people with
        {
            AddressType = bond?.AddressType ?? heard.AddressType, Name = heard.Name ?? before?.Name, Bond = bond?.Security,
        };
        await registry.SaveAsync(device, cancellation).ConfigureAwait(false);
        await SayAsync(io, device, asJson).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    /// <summary>The device with its people from now on. Who pairs it again for a person who uses it already changes nobody's.</summary>
    /// <exception cref="UsageException">
    /// Others use it, and whose slot this person's is was not said; or somebody else had it until now, and cannot have used it at the same time.
    /// </exception>
    private RegisteredDevice ChoosePeople(RegisteredDevice? before, DateTimeOffset now)
    {
        RegisteredDevice known = before ?? new RegisteredDevice { Address = Address, Patient = null, PairedAt = now };
        if (Since is not null)
        {
            DeviceOptions.CheckPredecessor(known, UserIndex, Patient);
        }

        if (UserIndex is { } index)
        {
            return known with { Patient = null, AssignedAt = null, Slots = known.Slots.With(index, Patient, Since ?? now, ConsentCode) };
        }

        if (known.Slots.Count > 0)
        {
            return known.People.Contains(Patient)
                ? known
                : throw new UsageException($"Several people use {Address}: --user N says under which number it keeps this person's records (homehub devices list shows the others).");
        }

        return known.Patient == Patient ? known : known with { Patient = Patient, PairedAt = now, AssignedAt = Since };
    }

    private async Task<Advertisement> HearAsync(ICentral central, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(HearLimit, time);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await foreach (Advertisement heard in central.ScanAsync(new ScanFilter { Addresses = [Address] }, listening.Token).ConfigureAwait(false))
            {
                return heard;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Told below.
        }

        cancellation.ThrowIfCancellationRequested();
        throw new CommandFailedException(
            $"{Address} was not heard for {HearLimit.TotalSeconds:0} s. Is it awake, near, and not connected to a phone? homehub devices scan --all shows what is near.");
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
