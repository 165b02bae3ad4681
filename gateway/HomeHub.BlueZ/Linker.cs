using HomeHub.BlueZ.Bonds;
using HomeHub.BlueZ.Discovery;
using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ;

/// <summary>Makes links, one at a time, with the scan paused: the controllers of small computers do not scan and connect at once.</summary>
internal sealed class Linker(Scanner scanner, BondWatch bonds, BlueZOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Connects; a link that the system holds already is taken over.</summary>
    public async Task<Link> ConnectAsync(Radio radio, string address, long since, CancellationToken cancellation)
    {
        const string Doing = "Connecting";
        string path = radio.DevicePath(address);
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
            await FindAsync(radio, path, cancellation).ConfigureAwait(false);
            using IDisposable pause = await scanner.PauseAsync().ConfigureAwait(false);
            TimeSpan waited = time.GetElapsedTime(since);
            bool isBonded = radio.IsBonded(path);
            int linksGone = radio.Objects.LinksGone(path);
            try
            {
                await radio.CallAsync(path, BlueZNames.Device, "Connect", Doing, cancellation, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            }
            catch (PeripheralException error) when (error.Fault == PeripheralFault.StaleServices)
            {
                throw new PeripheralException(PeripheralFault.NotReachable, $"{Doing}: BlueZ has dropped the device, as it was not heard any more.", error);
            }
            catch (PeripheralException error) when (isBonded && error.Fault is PeripheralFault.NotReachable or PeripheralFault.Disconnected)
            {
                throw await bonds.IsLostAsync(address, since).ConfigureAwait(false) ? BondLost(Doing, error) : error;
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

    /// <summary>The fault of a bond that one side has lost.</summary>
    public static PeripheralException BondLost(string doing, Exception? cause) =>
        new(PeripheralFault.BondLost, $"{doing}: the device and the hub no longer share a key. Pair it again.", cause);

    public void Dispose() => _turn.Dispose();

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
