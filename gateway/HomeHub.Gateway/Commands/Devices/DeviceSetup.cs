using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Setting up one device: hear it, pair with it, note whose it is.</summary>
internal sealed class DeviceSetup
{
    /// <summary>Longest wait for the device to be heard: time to find its button.</summary>
    public static readonly TimeSpan HearLimit = TimeSpan.FromMinutes(2);

    public required string Address { get; init; }

    public required PatientReference Patient { get; init; }

    public required bool NeedsBond { get; init; }

    public required bool AllowLegacy { get; init; }

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
    /// <exception cref="CommandFailedException">It was not heard.</exception>
    /// <exception cref="PeripheralException">It did not pair.</exception>
    public async Task<int> RunAsync(CommandIo io, ICentral central, IDeviceRegistry registry, bool asJson, CancellationToken cancellation)
    {
        await io.Error.WriteLineAsync($"Listening for {Address}: wake the device, or hold its Bluetooth button until it shows that it pairs.").ConfigureAwait(false);
        Advertisement heard = await HearAsync(central, io.Time, cancellation).ConfigureAwait(false);
        BondSecurity? bond = null;
        if (NeedsBond)
        {
            await io.Error.WriteLineAsync("Heard. Pairing.").ConfigureAwait(false);
            var request = new PairingRequest { Address = Address, AddressType = heard.AddressType, Prompt = Prompt, AllowLegacy = AllowLegacy };
            bond = await central.PairAsync(request, cancellation).ConfigureAwait(false);
        }

        RegisteredDevice? before = await registry.FindAsync(Address, cancellation).ConfigureAwait(false);
        var device = new RegisteredDevice
        {
            Address = Address,
            AddressType = heard.AddressType,
            Name = heard.Name ?? before?.Name,
            Patient = Patient,
            PairedAt = before is { } known && known.Patient == Patient ? known.PairedAt : io.Time.GetUtcNow(),
            Bond = bond,
        };
        await registry.SaveAsync(device, cancellation).ConfigureAwait(false);
        await SayAsync(io, device, asJson).ConfigureAwait(false);
        return ExitCodes.Done;
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
            null => "without a bond, as asked",
            BondSecurity.SecureConnectionsAuthenticated => "by a secure connection that was confirmed",
            BondSecurity.SecureConnections => "by a secure connection",
            BondSecurity.Legacy => "by legacy pairing, as allowed",
            _ => "the system does not tell how",
        };
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync($"{device.Address} is set up for {device.Patient.Key} ({how}).").ConfigureAwait(false);
    }
}
