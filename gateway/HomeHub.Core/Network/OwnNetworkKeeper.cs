using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Network;

/// <summary>Opens and closes the hub's own network by <see cref="OwnNetworkRule"/>, and joins others, so that the two don't cross. Works by itself until it is disposed of. Safe for several threads.</summary>
public sealed class OwnNetworkKeeper : IAsyncDisposable
{
    /// <summary>How often it is looked at the first visit, and how often afterwards.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2), RestInterval = TimeSpan.FromSeconds(30);

    /// <summary>Wait before the hub leaves its own network to join another: the page that says so has to reach the phone.</summary>
    public static readonly TimeSpan LeaveWait = TimeSpan.FromSeconds(5);

    private readonly IOwnNetwork _port;
    private readonly IWifi _wifi;
    private readonly OwnNetwork _network;
    private readonly IHousehold _household;
    private readonly Func<IReadOnlyList<NetworkLink>> _links;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly OwnNetworkRule _rule = new();
    private readonly long _start;
    private readonly SemaphoreSlim _news = new(0), _joiningOne = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private volatile OwnNetworkState _state;
    private Task _joinsLater = Task.CompletedTask;
    private bool _hasFailed;
    private int _isDisposed;

    /// <summary>Begins.</summary>
    /// <param name="port">Opens and closes it.</param>
    /// <param name="wifi">Joins others.</param>
    /// <param name="network">What it is called, and its key.</param>
    /// <param name="household">Whether the hub was claimed; remembers that it has been in a network since.</param>
    /// <param name="links">The interfaces that are up, the hub's own network among them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when it opens, closes, and can't.</param>
    public OwnNetworkKeeper(
        IOwnNetwork port, IWifi wifi, OwnNetwork network, IHousehold household, Func<IReadOnlyList<NetworkLink>> links, TimeProvider time, ILogger<OwnNetworkKeeper> logger)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_port, _wifi, _network, _household, _links, _time, _logger) = (port, wifi, network, household, links, time, logger);
        _start = time.GetTimestamp();
        _state = new OwnNetworkState(network.Name, OwnNetworkCondition.Closed);
        _running = Task.Run(RunAsync);
    }

    /// <summary>How it stands.</summary>
    public OwnNetworkState State => _state;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>The interfaces that are up without the hub's own network, which leads nowhere.</summary>
    public IReadOnlyList<NetworkLink> ReadLinks() => Without(_links(), _state.Interface);

    /// <summary>The nurse asks for it.</summary>
    public void Ask() => Change(rule => rule.Ask(Now));

    /// <summary>The nurse asks for it no more.</summary>
    public void EndAsking() => Change(rule => rule.EndAsking());

    /// <summary>Closes it for a while so that networks are listened for.</summary>
    public void Listen() => Change(rule => rule.Listen(Now));

    /// <summary>Joins a network, as <see cref="IWifi.JoinAsync"/>; that ends the hub's own, which comes back where it fails.</summary>
    public async Task<WifiJoin> JoinAsync(string id, string? passphrase, CancellationToken cancellation)
    {
        await _joiningOne.WaitAsync(cancellation).ConfigureAwait(false);
        WifiJoin outcome = WifiJoin.Failed;
        try
        {
            Change(rule => rule.BeginJoin());
            Show(state => state with { Joining = id, Last = null });
            outcome = await _wifi.JoinAsync(id, passphrase, cancellation).ConfigureAwait(false);
            return outcome;
        }
        finally
        {
            Change(rule => rule.EndJoin(outcome == WifiJoin.Joined, Now));
            Show(state => state with { Joining = null, Last = new WifiAttempt(id, outcome) });
            _joiningOne.Release();
        }
    }

    /// <summary>
    /// Joins a network after <see cref="LeaveWait"/>, for whoever asks over the network that this ends. What came of it is <see cref="OwnNetworkState.Last"/>. Asked for again meanwhile, it
    /// changes nothing.
    /// </summary>
    /// <param name="id"><see cref="WifiNetwork.Id"/>.</param>
    /// <param name="passphrase">The passphrase; null for a network without one.</param>
    /// <param name="joined">Told when the hub is in it.</param>
    public void JoinLater(string id, string? passphrase, Func<CancellationToken, Task> joined)
    {
        lock (_gate)
        {
            if (_state.Joining is not null)
            {
                return;
            }

            _state = _state with { Joining = id, Last = null };
            _joinsLater = Task.WhenAll(_joinsLater, Task.Run(() => JoinLaterAsync(id, passphrase, joined)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _joinsLater.ConfigureAwait(false);
        if (_state.IsOpen)
        {
            await _port.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _closing.Dispose();
        _news.Dispose();
        _joiningOne.Dispose();
    }

    /// <summary>Known by its address too: for a moment it stays on the interface after the network has ended, and counted as a home's the hub would never open its own again.</summary>
    private static IReadOnlyList<NetworkLink> Without(IReadOnlyList<NetworkLink> links, string? own) =>
        [.. links.Where(link => link.Name != own && !link.Addresses.All(OwnNetwork.Address.Equals))];

    private async Task JoinLaterAsync(string id, string? passphrase, Func<CancellationToken, Task> joined)
    {
        try
        {
            await Task.Delay(LeaveWait, _time, _closing.Token).ConfigureAwait(false);
            if (await JoinAsync(id, passphrase, _closing.Token).ConfigureAwait(false) == WifiJoin.Joined)
            {
                await joined(_closing.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The hub ends.
        }
        catch (BufferException error)
        {
            _logger.LogError("That a network was joined could not be noted: {Error}", error.Message);
        }
    }

    private async Task RunAsync()
    {
        CancellationToken cancellation = _closing.Token;
        while (!cancellation.IsCancellationRequested)
        {
            TimeSpan wait = RestInterval;
            try
            {
                wait = await LookAsync(cancellation).ConfigureAwait(false) ? LookInterval : RestInterval;
            }
            catch (BufferException error)
            {
                _logger.LogWarning("Whether the hub needs a network of its own can't be told: {Error}", error.Message);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Whatever it is: the nurse needs the network, and it may be gone at the next look.
                _logger.LogError("The hub's own network could not be looked after: {Error}", error.GetType().Name);
            }

            await WaitAsync(wait, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Looks, and does what is to be done; true while it may have to be done again soon.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        OwnNetworkSight sight = await _port.ReadAsync(cancellation).ConfigureAwait(false);
        bool hasLink = Without(_links(), sight.Interface).Any(link => link.Kind != LinkKind.Other);
        bool isFirstVisit = await IsFirstVisitAsync(hasLink, cancellation).ConfigureAwait(false);
        OwnNetworkStep step;
        lock (_gate)
        {
            step = _rule.Decide(new OwnNetworkFacts(isFirstVisit, hasLink, sight.Condition), Now);
        }

        if (step == OwnNetworkStep.Open)
        {
            // What is around is heard before: an adapter that is an access point hears nothing.
            await _wifi.ReadAsync(cancellation).ConfigureAwait(false);
            await OpenAsync(cancellation).ConfigureAwait(false);
            sight = await _port.ReadAsync(cancellation).ConfigureAwait(false);
        }
        else if (step == OwnNetworkStep.Close)
        {
            await _port.CloseAsync(cancellation).ConfigureAwait(false);
            _logger.LogInformation("The hub's own network {Name} is closed", _network.Name);
            sight = await _port.ReadAsync(cancellation).ConfigureAwait(false);
        }

        bool isAsked;
        lock (_gate)
        {
            isAsked = _rule.IsAsked(Now);
        }

        OwnNetworkCondition condition = _hasFailed && sight.Condition == OwnNetworkCondition.Closed ? OwnNetworkCondition.Failed : sight.Condition;
        Show(state => state with { Condition = condition, Interface = sight.Interface, IsAsked = isAsked });
        return isFirstVisit || isAsked || _state.IsOpen;
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        bool hadFailed = _hasFailed;
        _hasFailed = !await _port.OpenAsync(_network, cancellation).ConfigureAwait(false);
        if (!_hasFailed)
        {
            _logger.LogInformation("The hub's own network {Name} is open", _network.Name);
            return;
        }

        lock (_gate)
        {
            _rule.Failed(Now);
        }

        if (!hadFailed)
        {
            _logger.LogWarning("The hub's own network {Name} could not be opened; it is tried again", _network.Name);
        }
    }

    /// <summary>It ends when the hub has been claimed and in a network, and does not begin again but for a new claim.</summary>
    private async Task<bool> IsFirstVisitAsync(bool hasLink, CancellationToken cancellation)
    {
        // By the nurse's PIN: the claim code is not there yet while the pages start for the first time.
        if ((await _household.GetPinAsync(HouseholdAccounts.Nurse, cancellation).ConfigureAwait(false)).Hash is null)
        {
            return true;
        }

        if (await _household.GetSettingAsync(HouseholdSettings.HadNetwork, cancellation).ConfigureAwait(false) is not null)
        {
            return false;
        }

        if (hasLink)
        {
            await _household.SetSettingAsync(HouseholdSettings.HadNetwork, "yes", cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private void Change(Action<OwnNetworkRule> change)
    {
        lock (_gate)
        {
            change(_rule);
        }

        _news.Release();
    }

    private void Show(Func<OwnNetworkState, OwnNetworkState> change)
    {
        lock (_gate)
        {
            _state = change(_state);
        }
    }

    /// <summary>Until there is news, or it is time to look again.</summary>
    private async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await _news.WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Time to look again, or the end.
        }
    }
}
