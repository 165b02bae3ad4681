using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Core.Setup;

/// <summary>
/// Setting up one device: hear it, find its model, pair with it, note whose it is. Whoever wants it (a command, a page) says what, and is told each step; nothing is
/// said here, and nothing asked but by the prompt.
/// </summary>
/// <param name="central">The radio.</param>
/// <param name="registry">Where devices that are set up are noted.</param>
/// <param name="models">The device models that are known.</param>
/// <param name="time">The clock.</param>
public sealed class DeviceSetup(ICentral central, IDeviceRegistry registry, DeviceCatalogue models, TimeProvider time)
{
    /// <summary>Longest wait for the device to be heard: time to find its button.</summary>
    public static readonly TimeSpan HearLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BusyInterval = TimeSpan.FromSeconds(1);

    /// <summary>Sets it up.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="tell">Told each step, in order.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PeripheralException">The radio is away, or it did not pair. Nothing is set up.</exception>
    public async Task<SetupOutcome> RunAsync(SetupRequest request, Func<SetupProgress, Task> tell, CancellationToken cancellation)
    {
        if (!request.IsClockKnown && request.Since is null)
        {
            return new SetupOutcome(null, SetupProblem.ClockNotKnown);
        }

        DateTimeOffset now = request.IsClockKnown ? time.GetUtcNow() : request.Since!.Value;
        RegisteredDevice? before = await registry.FindAsync(request.Address, cancellation).ConfigureAwait(false);
        (RegisteredDevice? people, SetupProblem? problem) = DevicePeople.Choose(before, request.Address, request, now);
        if (people is null)
        {
            return new SetupOutcome(null, problem);
        }

        CatalogueMatch? expected = request.Model is { } named ? new CatalogueMatch([named], MatchCertainty.Certain) : models.Find(new DeviceSighting { Name = before?.Name });
        await tell(new SetupProgress(SetupStep.Listening, request.Address, expected, null)).ConfigureAwait(false);
        if (await HearAsync(request.Address, cancellation).ConfigureAwait(false) is not { } heard)
        {
            return new SetupOutcome(null, SetupProblem.NotHeard);
        }

        CatalogueMatch? match = request.Model is null ? models.Find(heard) ?? expected : expected;
        await tell(new SetupProgress(SetupStep.Heard, request.Address, match, heard)).ConfigureAwait(false);
        DeviceQuirks quirks = match?.Quirks ?? DeviceQuirks.None;
        NewBond? bond = null;
        if (request.Bonds ?? quirks.NeedsBond)
        {
            await tell(new SetupProgress(SetupStep.Pairing, request.Address, match, heard)).ConfigureAwait(false);
            bond = await PairAsync(request, heard, quirks, cancellation).ConfigureAwait(false);
        }

        string address = bond?.Address ?? request.Address;
        if (address != request.Address)
        {
            await tell(new SetupProgress(SetupStep.AddressChanged, address, match, heard)).ConfigureAwait(false);
        }

        // Anew: while it was listened for and paired, somebody may have said on another phone whose it is.
        before = await registry.FindAsync(address, cancellation).ConfigureAwait(false);
        (people, problem) = DevicePeople.Choose(before, address, request, now);
        if (people is null)
        {
            return new SetupOutcome(null, problem);
        }

        RegisteredDevice device = people with
        {
            Address = address, AddressType = bond?.AddressType ?? heard.AddressType, Name = heard.Name ?? before?.Name, Bond = bond?.Security,
        };
        await registry.SaveAsync(device, cancellation).ConfigureAwait(false);
        await tell(new SetupProgress(SetupStep.Done, address, match, heard)).ConfigureAwait(false);
        return new SetupOutcome(device, null);
    }

    private async Task<Advertisement?> HearAsync(string address, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(HearLimit, time);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await foreach (Advertisement heard in central.ScanAsync(new ScanFilter { Addresses = [address] }, listening.Token).ConfigureAwait(false))
            {
                return heard;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Told by null.
        }

        cancellation.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>A hub that runs may be connected with a device that is paired again: its turn comes.</summary>
    private async Task<NewBond> PairAsync(SetupRequest request, Advertisement heard, DeviceQuirks quirks, CancellationToken cancellation)
    {
        var pairing = new PairingRequest
        {
            Address = request.Address, AddressType = heard.AddressType, Prompt = request.Prompt, AllowLegacy = request.AllowLegacy || quirks.AcceptsLegacyPairing,
        };
        long since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await central.PairAsync(pairing, cancellation).ConfigureAwait(false);
            }
            catch (PeripheralException error) when (error.Fault == PeripheralFault.InProgress && time.GetElapsedTime(since) < request.BusyLimit)
            {
                await Task.Delay(BusyInterval, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
