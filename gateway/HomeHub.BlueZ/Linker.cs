using HomeHub.BlueZ.Bonds;
using HomeHub.BlueZ.Discovery;
using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ;

/// <summary>Makes links, one at a time, with the scan paused: the controllers of small computers do not scan and connect at once.</summary>
internal sealed class Linker(Scanner scanner, BondWatch bonds, BlueZOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Connects; a link that the system holds already is taken over.</summary>
    public async Task<Link> ConnectAsync(Radio radio, string path, string address, long since, CancellationToken cancellation)
    {
        // Before the turn: who is not heard keeps nobody waiting.
        await FindAsync(radio, path, cancellation).ConfigureAwait(false);
        try
        {
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
        {
            throw new OperationCanceledException("Waited for others that were connecting.", error, cancellation);
        }

        try
        {
            using IDisposable pause = await scanner.PauseAsync().ConfigureAwait(false);
            return await LinkAsync(radio, path, address, since, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends a link, or the attempt at one. What BlueZ answers does not matter any more: it may be gone already.</summary>
    public async Task AbandonAsync(Radio radio, string path)
    {
        if (!radio.Gone.IsCancellationRequested)
        {
            try
            {
                await radio.CallAsync(path, BlueZNames.Device, "Disconnect", "Letting go", CancellationToken.None, options.LetGoLimit).ConfigureAwait(false);
            }
            catch (PeripheralException)
            {
                // It is gone, or BlueZ is; either way nothing stays connected that could be told.
            }
        }
    }

    /// <summary>What to throw for the link of a bonded peripheral that went before it answered anything.</summary>
    /// <param name="judged">What that tells of the bond; null: nothing.</param>
    /// <param name="doing">What was under way.</param>
    /// <param name="error">What happened.</param>
    public static PeripheralException Fault(PeripheralFault? judged, string doing, PeripheralException error) => judged switch
    {
        PeripheralFault.BondLost => new(PeripheralFault.BondLost, $"{doing}: the device and the hub no longer share a key. Pair it again.", error),
        { } doubt => new(doubt, $"{doing}: the device lets go as soon as it is connected, as if it had lost the key that it shares with the hub.", error),
        null => error,
    };

    public void Dispose() => _turn.Dispose();

    private async Task<Link> LinkAsync(Radio radio, string path, string address, long since, CancellationToken cancellation)
    {
        const string Doing = "Connecting";
        TimeSpan waited = time.GetElapsedTime(since);
        bool isBonded = radio.IsBonded(path);
        int linksGone = radio.Objects.LinksGone(path);
        using var timer = new CancellationTokenSource(options.LinkLimit, time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await radio.CallAsync(path, BlueZNames.Device, "Connect", Doing, bounded.Token, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            await AbandonAsync(radio, path).ConfigureAwait(false);
            throw new PeripheralException(
                PeripheralFault.NotReachable, $"{Doing}: the device did not answer within {options.LinkLimit.TotalSeconds:0.#} s.", error);
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.StaleServices)
        {
            throw new PeripheralException(PeripheralFault.NotReachable, $"{Doing}: BlueZ has dropped the device, as it was not heard any more.", error);
        }
        catch (PeripheralException error) when (isBonded && error.Fault is PeripheralFault.NotReachable or PeripheralFault.Disconnected)
        {
            bool wasLinked = radio.Objects.LinksGone(path) != linksGone;
            throw Fault(await bonds.JudgeAsync(address, since, wasLinked).ConfigureAwait(false), Doing, error);
        }
        catch
        {
            await AbandonAsync(radio, path).ConfigureAwait(false);
            throw;
        }

        return radio.Objects.NoteConnected(path, linksGone)
            ? new Link(radio, path, waited, time.GetElapsedTime(since))
            : throw new PeripheralException(PeripheralFault.Disconnected, $"{Doing}: the connection ended at once.");
    }

    /// <summary>BlueZ drops devices that it has not heard for a while; listen for it then, it has just advertised.</summary>
    private async Task FindAsync(Radio radio, string path, CancellationToken cancellation)
    {
        if (radio.Objects.Find(path, BlueZNames.Device) is not null)
        {
            return;
        }

        using IDisposable listening = scanner.Listen();
        try
        {
            await radio.WhenAsync(_ => radio.Objects.Find(path, BlueZNames.Device), "Looking for the device", cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
        {
            throw new NotHeardException(error, cancellation);
        }
    }
}
