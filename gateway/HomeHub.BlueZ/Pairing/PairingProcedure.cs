using HomeHub.BlueZ.Bonds;
using HomeHub.BlueZ.Discovery;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using Microsoft.Extensions.Logging;

namespace HomeHub.BlueZ.Pairing;

/// <summary>One pairing from the request to the trusted bond. Whatever goes wrong, no bond stays.</summary>
internal sealed class PairingProcedure(Linker linker, PairingAgent agent, BondWatch bonds, BlueZOptions options, TimeProvider time, ILogger logger)
{
    private const string Doing = "Pairing";

    /// <summary>Runs it.</summary>
    public async Task<NewBond> RunAsync(Radio radio, PairingRequest request, CancellationToken cancellation)
    {
        string path = radio.DevicePath(request.Address);
        if (radio.IsBonded(path))
        {
            await RemoveAsync(radio, path, cancellation).ConfigureAwait(false);
        }

        bonds.BeginPairing(request.Address);
        long since = time.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pairing = new PairingUnderWay(request.Address, path, request.Prompt, ended.Token);
        agent.Begin(pairing);
        try
        {
            await linker.ConnectAsync(radio, path, request.Address, since, cancellation).ConfigureAwait(false);
            await PairAsync(radio, path, pairing, cancellation).ConfigureAwait(false);
            NewBond bond = await CheckAsync(radio, pairing, request, since, cancellation).ConfigureAwait(false);
            await radio.SetAsync(path, BlueZNames.Device, "Trusted", true, "Trusting the device", cancellation).ConfigureAwait(false);
            await linker.AbandonAsync(radio, path).ConfigureAwait(false);
            return bond;
        }
        catch
        {
            await CleanAsync(radio, path).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            agent.End(pairing);
        }
    }

    /// <summary>Removes a device with its bond; one that is not there is removed.</summary>
    public static async Task RemoveAsync(Radio radio, string path, CancellationToken cancellation)
    {
        if (radio.Objects.Find(path, BlueZNames.Device) is null)
        {
            return;
        }

        try
        {
            await radio.CallAsync(
                radio.AdapterPath, BlueZNames.Adapter, "RemoveDevice", "Forgetting the device", cancellation, null, "o", new DBus.DBusPath(path))
                .ConfigureAwait(false);
        }
        catch (PeripheralException error) when (error.Fault is PeripheralFault.NotReachable or PeripheralFault.StaleServices)
        {
            // DoesNotExist: somebody else was faster.
        }
    }

    /// <summary>
    /// Pairs. BlueZ keeps its answer to itself when the bond comes about while it still finds the services (up to 5.66 at least: the search that is under
    /// way is not its own), so a bond that is there with all services found counts as an answer that does not come.
    /// </summary>
    private async Task PairAsync(Radio radio, string path, PairingUnderWay pairing, CancellationToken cancellation)
    {
        using var unanswered = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task answer = radio.CallAsync(path, BlueZNames.Device, "Pair", Doing, unanswered.Token, Timeout.InfiniteTimeSpan);
        Task bonded = BondedAsync(radio, path, unanswered.Token);
        try
        {
            if (await Task.WhenAny(answer, bonded).ConfigureAwait(false) == bonded && bonded.IsCompletedSuccessfully)
            {
                logger.LogInformation("BlueZ did not answer a pairing whose bond is there");
                return;
            }

            await answer.ConfigureAwait(false);
        }
        catch (PeripheralException error) when (pairing.WasRefused || error.Fault is PeripheralFault.Failed)
        {
            throw new PeripheralException(PeripheralFault.PairingRejected, error.Message, error);
        }
        finally
        {
            await unanswered.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(answer, bonded).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BondedAsync(Radio radio, string path, CancellationToken cancellation)
    {
        await radio.WhenAsync(
            _ => radio.IsBonded(path) && radio.Objects.Get<bool>(path, BlueZNames.Device, "ServicesResolved") ? path : null, Doing, cancellation)
            .ConfigureAwait(false);
        await Task.Delay(options.PairAnswerLimit, time, cancellation).ConfigureAwait(false);
    }

    private async Task<NewBond> CheckAsync(
        Radio radio, PairingUnderWay pairing, PairingRequest request, long since, CancellationToken cancellation)
    {
        // A peripheral with a private address has told its identity with its keys.
        IReadOnlyDictionary<string, object>? device = radio.Objects.Find(pairing.Path, BlueZNames.Device);
        string address = (device?.GetValueOrDefault("Address") as string ?? request.Address).ToUpperInvariant();
        AddressType type = device is null ? request.AddressType : AdvertisementReader.TypeOf(device);
        BondSecurity security = await bonds.KindAsync(radio.AdapterAddress, address, since).ConfigureAwait(false);
        if (security is BondSecurity.Legacy or BondSecurity.Unknown && !request.AllowLegacy)
        {
            string why = security == BondSecurity.Legacy
                ? "it paired the old way, which others can overhear"
                : "the system does not tell whether others could overhear it (the hub needs CAP_NET_ADMIN to learn it)";
            throw new PeripheralException(PeripheralFault.LegacyPairing, $"{Doing}: {why}, and that is not allowed for this device.");
        }

        // As the side that starts, BlueZ goes through with Just Works without asking anyone.
        if (!pairing.WasAsked && !await request.Prompt.ConfirmAsync(request.Address, cancellation).ConfigureAwait(false))
        {
            throw new PeripheralException(PeripheralFault.PairingRejected, $"{Doing}: the person refused.");
        }

        return new NewBond(address, type, security);
    }

    private async Task CleanAsync(Radio radio, string path)
    {
        try
        {
            if (!radio.Gone.IsCancellationRequested && radio.Objects.Find(path, BlueZNames.Device) is not null)
            {
                await radio.CallAsync(path, BlueZNames.Device, "CancelPairing", "Ending the pairing", CancellationToken.None, options.LetGoLimit)
                    .ConfigureAwait(false);
            }
        }
        catch (PeripheralException)
        {
            // DoesNotExist: there is none under way any more, which is as it should be.
        }

        try
        {
            await RemoveAsync(radio, path, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PeripheralException error)
        {
            logger.LogWarning("A pairing that failed could not be cleaned up: {Error}", error.Message);
        }
    }
}
