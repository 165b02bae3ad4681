using HomeHub.Core.Network;
using HomeHub.DBus;

namespace HomeHub.Network.NetworkManager;

/// <summary>One try to have a network, another's or the hub's own: asks NetworkManager, and waits until it is there or known why not.</summary>
internal sealed class NmJoining : IAsyncDisposable
{
    private readonly NmBus _bus;
    private readonly string _device;
    private readonly TaskCompletionSource<WifiJoin> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IAsyncDisposable> _subscriptions = [];
    private readonly Lock _gate = new();
    private readonly List<(string Path, uint State)> _early = [];
    private string? _active;
    private WifiJoin? _reason;

    private NmJoining(NmBus bus, string device) => (_bus, _device) = (bus, device);

    /// <summary>Listens to what becomes of it, from before it is asked for.</summary>
    /// <exception cref="DBusException">The bus can't be reached.</exception>
    public static async Task<NmJoining> BeginAsync(NmBus bus, string device, CancellationToken cancellation)
    {
        var joining = new NmJoining(bus, device);
        DBusConnection connection = await bus.OpenAsync(cancellation).ConfigureAwait(false);
        joining._subscriptions.Add(await connection.SubscribeAsync(
            new DBusMatch { Sender = NmNames.Service, Path = device, Interface = NmNames.Device, Member = "StateChanged" }, joining.TakeDevice, cancellation).ConfigureAwait(false));
        joining._subscriptions.Add(await connection.SubscribeAsync(
            new DBusMatch { Sender = NmNames.Service, Interface = NmNames.Active, Member = "StateChanged" }, joining.TakeActive, cancellation).ConfigureAwait(false));
        return joining;
    }

    /// <summary>Asks for it.</summary>
    /// <param name="member">Method of NetworkManager that begins it.</param>
    /// <param name="signature">What it takes.</param>
    /// <param name="arguments">The same.</param>
    /// <param name="cancellation">Stops waiting for the answer.</param>
    /// <returns>Path of what is kept of the network from now on, and of the connection.</returns>
    /// <exception cref="DBusException">NetworkManager refuses.</exception>
    public async Task<(string Profile, string Active)> AskAsync(string member, string signature, IReadOnlyList<object> arguments, CancellationToken cancellation)
    {
        object[] answer = await _bus.CallAsync(NmNames.Path, NmNames.Manager, member, signature, arguments, cancellation).ConfigureAwait(false);
        if (answer is not [DBusPath profile, DBusPath active, ..])
        {
            throw new DBusException(DBusErrors.InconsistentMessage, "NetworkManager did not say what it has begun.");
        }

        lock (_gate)
        {
            _active = active.Value;
            _early.ForEach(told => Judge(told.Path, told.State));
        }

        return (profile.Value, active.Value);
    }

    /// <summary>What has come of it.</summary>
    public Task<WifiJoin> EndedAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellation) => _ended.Task.WaitAsync(limit, time, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable subscription in _subscriptions)
        {
            try
            {
                await subscription.DisposeAsync().ConfigureAwait(false);
            }
            catch (DBusException)
            {
                // Gone with the bus.
            }
        }
    }

    /// <summary>The device tells why, and before that it has failed; the connection only that it has.</summary>
    private void TakeDevice(DBusSignal signal)
    {
        if (signal.Arguments is [uint state, uint, uint reason] && (state == NmNames.DeviceFailed || reason == NmNames.NoSecrets))
        {
            lock (_gate)
            {
                _reason ??= OfReason(reason);
            }
        }
    }

    private void TakeActive(DBusSignal signal)
    {
        if (signal.Arguments is [uint state, ..])
        {
            lock (_gate)
            {
                if (_active is null)
                {
                    _early.Add((signal.Path, state));
                }
                else
                {
                    Judge(signal.Path, state);
                }
            }
        }
    }

    private void Judge(string path, uint state)
    {
        if (path == _active && state is (NmNames.Activated or NmNames.Deactivated))
        {
            _ended.TrySetResult(state == NmNames.Activated ? WifiJoin.Joined : _reason ?? WifiJoin.Failed);
        }
    }

    private static WifiJoin OfReason(uint reason) => reason switch
    {
        NmNames.NoSecrets or NmNames.SupplicantDisconnect or NmNames.SupplicantFailed => WifiJoin.WrongPassphrase,
        NmNames.SupplicantTimeout => WifiJoin.TimedOut,
        NmNames.IpUnavailable or NmNames.DhcpStartFailed or NmNames.DhcpError or NmNames.DhcpFailed => WifiJoin.NoAddress,
        NmNames.SsidNotFound => WifiJoin.NotHeard,
        _ => WifiJoin.Failed,
    };
}
