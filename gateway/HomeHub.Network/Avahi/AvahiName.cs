using HomeHub.Core.Network;
using HomeHub.DBus;
using Microsoft.Extensions.Logging;

namespace HomeHub.Network.Avahi;

/// <summary>
/// Has the system's Avahi tell the hub's name and pages by multicast DNS. It follows Avahi and the bus as they come and go, tells new addresses, and gives way where
/// another machine has the name: <c>homehub-1a2b-2</c>.
/// </summary>
public sealed class AvahiName : IHomeName
{
    private readonly AvahiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AvahiName> _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private volatile HomeNameState _state;
    private AvahiGroup? _group;
    private string? _owner;
    private IReadOnlyList<HomeAddress> _told = [];
    private (string Host, string Service) _name;
    private int _alternatives, _serverChanges;
    private int _isDisposed;

    /// <summary>Begins to have the name told; see <see cref="State"/>.</summary>
    /// <param name="options">What is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when it is told, and once when it can't be.</param>
    public AvahiName(AvahiOptions options, TimeProvider time, ILogger<AvahiName> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _name = (options.Host, options.Service);
        _state = new HomeNameState(HomeNameCondition.Starting, Fqdn(options.Host));
        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public HomeNameState State => _state;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await _closing.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
            _closing.Dispose();
        }
    }

    private static string Fqdn(string host) => host + ".local";

    private async Task RunAsync()
    {
        CancellationToken cancellation = _closing.Token;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                DBusConnection connection = await DBusConnection.OpenAsync(_options.BusAddress, _time, cancellation).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await FollowAsync(connection, cancellation).ConfigureAwait(false);
                }
            }
            catch (DBusException error)
            {
                Set(HomeNameCondition.NoService, error.Message);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(_options.LookInterval, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(DBusConnection connection, CancellationToken cancellation)
    {
        StartOver();
        AvahiSignals signals = await AvahiSignals.OpenAsync(connection, _time, cancellation).ConfigureAwait(false);
        await using (signals.ConfigureAwait(false))
        {
            try
            {
                while (!connection.Closed.IsCompleted)
                {
                    await LookAsync(connection, signals, cancellation).ConfigureAwait(false);
                    await signals.WaitAsync(_options.LookInterval, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                // With the connection the group goes too; said all the same, so that the name is taken back before the hub ends.
                await (_group?.FreeAsync(CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
                _group = null;
            }
        }

        Set(HomeNameCondition.NoService, "the message bus has ended");
    }

    /// <summary>Compares what is told with what should be, and mends it.</summary>
    private async Task LookAsync(DBusConnection connection, AvahiSignals signals, CancellationToken cancellation)
    {
        if (signals.Owner is not { } owner)
        {
            StartOver();
            Set(HomeNameCondition.NoService, "Avahi does not run (package avahi-daemon)");
            return;
        }

        try
        {
            if (_group is { } group && group.Owner == owner && _serverChanges == signals.ServerChanges)
            {
                switch (signals.StateOf(group))
                {
                    case AvahiNames.Established:
                        _alternatives = 0;
                        Set(HomeNameCondition.Told, "");
                        break;
                    case AvahiNames.Collision:
                        await GiveWayAsync(connection, owner, cancellation).ConfigureAwait(false);
                        break;
                    case AvahiNames.Failure:
                        Set(HomeNameCondition.Failed, "Avahi could not tell it");
                        await DropAsync(signals, cancellation).ConfigureAwait(false);
                        return;
                    default:
                        break;
                }

                if (_group is not null && _told.SequenceEqual(_options.Addresses()))
                {
                    return;
                }
            }

            await TellAsync(connection, signals, owner, cancellation).ConfigureAwait(false);
        }
        catch (DBusException error)
        {
            if (!connection.Closed.IsCompleted)
            {
                Set(HomeNameCondition.Failed, error.Message);
                await DropAsync(signals, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(DBusConnection connection, AvahiSignals signals, string owner, CancellationToken cancellation)
    {
        if (_owner != owner)
        {
            // Another Avahi: what was taken there need not be here.
            StartOver();
            _owner = owner;
        }

        await DropAsync(signals, cancellation).ConfigureAwait(false);
        _serverChanges = signals.ServerChanges;
        IReadOnlyList<HomeAddress> addresses = _options.Addresses();
        if (addresses.Count == 0 || await AskAsync(connection, owner, "GetState", "", [], cancellation).ConfigureAwait(false) is not AvahiNames.ServerRunning)
        {
            Set(HomeNameCondition.Starting, "");
            return;
        }

        bool isMachines = string.Equals(
            await AskAsync(connection, owner, "GetHostNameFqdn", "", [], cancellation).ConfigureAwait(false) as string, Fqdn(_name.Host), StringComparison.OrdinalIgnoreCase);
        while (true)
        {
            _group = await AvahiGroup.NewAsync(connection, owner, _options.CallLimit, cancellation).ConfigureAwait(false);
            try
            {
                await _group.TellAsync(Fqdn(_name.Host), _name.Service, _options.Port, isMachines ? [] : addresses, cancellation).ConfigureAwait(false);
                _told = addresses;
                return;
            }
            catch (DBusException error) when (error.Name == AvahiNames.LocalCollision)
            {
                await DropAsync(signals, cancellation).ConfigureAwait(false);
                await GiveWayAsync(connection, owner, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes the next name with a number. A network that echoes would make a collision of each: then it is left for a while, and begun anew.</summary>
    private async Task GiveWayAsync(DBusConnection connection, string owner, CancellationToken cancellation)
    {
        if (++_alternatives > AvahiOptions.MaxAlternatives)
        {
            _alternatives = 0;
            _name = (_options.Host, _options.Service);
            throw new DBusException(AvahiNames.LocalCollision, "every name seems to be taken");
        }

        _name = (
            await AskAsync(connection, owner, "GetAlternativeHostName", "s", [_name.Host], cancellation).ConfigureAwait(false) as string ?? _options.Host,
            await AskAsync(connection, owner, "GetAlternativeServiceName", "s", [_name.Service], cancellation).ConfigureAwait(false) as string ?? _options.Service);
        await (_group?.FreeAsync(cancellation) ?? Task.CompletedTask).ConfigureAwait(false);
        _group = null;
        if (_state.Condition == HomeNameCondition.Told)
        {
            Set(HomeNameCondition.Starting, "");
        }
    }

    private async Task DropAsync(AvahiSignals signals, CancellationToken cancellation)
    {
        if (_group is { } group)
        {
            _group = null;
            await group.FreeAsync(cancellation).ConfigureAwait(false);
            signals.Forget(group);
        }
    }

    private void StartOver()
    {
        _group = null;
        _owner = null;
        _alternatives = 0;
        _name = (_options.Host, _options.Service);
    }

    private async Task<object?> AskAsync(DBusConnection connection, string owner, string member, string signature, IReadOnlyList<object> arguments, CancellationToken cancellation) =>
        (await connection.CallAsync(owner, AvahiNames.ServerPath, AvahiNames.Server, member, signature, arguments, _options.CallLimit, cancellation).ConfigureAwait(false)).FirstOrDefault();

    private void Set(HomeNameCondition condition, string why)
    {
        HomeNameState before = _state;
        _state = new HomeNameState(condition, Fqdn(_name.Host));
        if (before.Condition == condition)
        {
            return;
        }

        if (condition == HomeNameCondition.Told && _name.Host != _options.Host)
        {
            _logger.LogWarning("Another machine on the home network is called {Taken}; the pages are found there as {Name}", Fqdn(_options.Host), _state.Name);
        }
        else if (condition == HomeNameCondition.Told)
        {
            _logger.LogInformation("The pages are found on the home network as {Name}", _state.Name);
        }
        else if (condition is HomeNameCondition.NoService or HomeNameCondition.Failed)
        {
            _logger.LogWarning("The hub's name is not told on the home network: {Reason}. The pages can be had by its address", why);
        }
    }
}
