using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using Microsoft.Extensions.Logging;

namespace HomeHub.BlueZ;

/// <summary>
/// Keeps the radio: opens the bus again when it went, finds the adapter, powers it on, and says how things stand. It looks when a signal gives
/// reason to, and while something is amiss also after a wait, as not all that hinders ends with a signal.
/// </summary>
internal sealed class AdapterKeeper(BlueZOptions options, TimeProvider time, ILogger logger)
{
    private const string Unit = "bluetooth.service";

    /// <summary>Raised with each new state and the radio that belongs to it; null unless ready.</summary>
    public event Action<CentralState, Radio?>? Changed;

    /// <summary>Called with a bus that was just opened, and when a service was found, before its adapter is used.</summary>
    public Func<BlueZBus, CancellationToken, Task> ServiceFound { get; init; } = (_, _) => Task.CompletedTask;

    private Radio? _radio;
    private string? _loadedOwner;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        TimeSpan wait = options.RetryFirst;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                BlueZBus bus = await BlueZBus.OpenAsync(options, time, cancellation).ConfigureAwait(false);
                await using (bus.ConfigureAwait(false))
                {
                    wait = options.RetryFirst;
                    await KeepAsync(bus, cancellation).ConfigureAwait(false);
                }
            }
            catch (DBusException error)
            {
                Tell(new CentralState(CentralCondition.NoBus, NoBus(error)), null);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }

            await WaitAsync(wait, cancellation).ConfigureAwait(false);
            wait = Longer(wait);
        }

        Tell(new CentralState(CentralCondition.Starting, "Bluetooth was closed."), null);
    }

    private async Task KeepAsync(BlueZBus bus, CancellationToken cancellation)
    {
        _loadedOwner = null;
        bus.Objects.Misunderstood += what => logger.LogWarning("{What}", what);
        bus.OwnerChanged += () => _radio?.End();
        bus.Objects.Changed += change => Take(bus, change);
        TimeSpan wait = options.RetryFirst;
        while (!cancellation.IsCancellationRequested && !bus.Connection.Closed.IsCompleted)
        {
            bool isReady = await LookAsync(bus, cancellation).ConfigureAwait(false);
            wait = isReady ? options.RetryFirst : Longer(wait);
            await bus.WaitAsync(isReady ? Timeout.InfiniteTimeSpan : wait, cancellation).ConfigureAwait(false);
        }

        if (bus.Connection.Closed.IsCompleted)
        {
            DBusException reason = await bus.Connection.Closed.ConfigureAwait(false);
            Tell(new CentralState(CentralCondition.NoBus, NoBus(reason)), null);
        }
    }

    /// <summary>Ends what is under way at once when the adapter goes, and only then has somebody look: who looks sees that it has ended.</summary>
    private void Take(BlueZBus bus, ObjectChange change)
    {
        if (_radio is { } radio && change.Path == radio.AdapterPath && change.Interface == BlueZNames.Adapter
            && (change.Kind == ObjectChangeKind.Removed || (change.Tells("Powered", out bool powered) && !powered)))
        {
            radio.End();
        }

        if (change.Interface is BlueZNames.Adapter or BlueZNames.AgentManager
            && (change.Kind != ObjectChangeKind.Changed || change.Properties.ContainsKey("Powered")))
        {
            bus.Wake();
        }
    }

    private async Task<bool> LookAsync(BlueZBus bus, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(bus, cancellation).ConfigureAwait(false);
        }
        catch (DBusException error) when (bus.Connection.Closed.IsCompleted)
        {
            logger.LogDebug("The bus went while Bluetooth was looked for: {Error}", error.Message);
            return false;
        }
        catch (DBusException error)
        {
            Tell(OfError(error), null);
            return false;
        }
    }

    private async Task<bool> FindAsync(BlueZBus bus, CancellationToken cancellation)
    {
        string? owner = bus.Owner;
        if (owner is null)
        {
            _loadedOwner = null;
            bus.Objects.Clear();
            Tell(new CentralState(CentralCondition.NoService, $"The Bluetooth service does not run. Start it: systemctl start {Unit}"), null);
            return false;
        }

        if (_radio is { Gone.IsCancellationRequested: false } && owner == _loadedOwner)
        {
            return true;
        }

        if (owner != _loadedOwner)
        {
            await bus.LoadAsync(options.CallLimit, cancellation).ConfigureAwait(false);
            await ServiceFound(bus, cancellation).ConfigureAwait(false);
            _loadedOwner = owner;
        }

        if (Choose(bus, out string path, out string address) is { } trouble)
        {
            Tell(trouble, null);
            return false;
        }

        await PowerOnAsync(bus, path, cancellation).ConfigureAwait(false);
        string name = path[(path.LastIndexOf('/') + 1)..];
        Tell(new CentralState(CentralCondition.Ready, "", $"{name} {address}"), new Radio(bus, path, address, options.CallLimit, time));
        return true;
    }

    private CentralState? Choose(BlueZBus bus, out string path, out string address)
    {
        var adapters = bus.Objects.All(BlueZNames.Adapter)
            .Select(found => (found.Path, Address: (found.Properties.GetValueOrDefault("Address") as string ?? "").ToUpperInvariant()))
            .ToList();
        (path, address) = adapters.Find(found => options.Adapter is null
            || found.Path.EndsWith($"/{options.Adapter}", StringComparison.Ordinal)
            || string.Equals(found.Address, options.Adapter, StringComparison.OrdinalIgnoreCase));
        if (path is not null)
        {
            return null;
        }

        string there = string.Join(", ", adapters.Select(found => $"{found.Path[(found.Path.LastIndexOf('/') + 1)..]} {found.Address}"));
        return new CentralState(CentralCondition.NoAdapter, adapters.Count == 0
            ? "There is no Bluetooth adapter. Plug one in, or switch on the one that is built in."
            : $"There is no Bluetooth adapter {options.Adapter}. There are: {there}");
    }

    private async Task PowerOnAsync(BlueZBus bus, string path, CancellationToken cancellation)
    {
        if (bus.Objects.Get<bool>(path, BlueZNames.Adapter, "Powered"))
        {
            return;
        }

        await bus.Connection
            .CallAsync(
                BlueZNames.Service, path, BlueZNames.Properties, "Set", "ssv", [BlueZNames.Adapter, "Powered", true], options.CallLimit, cancellation)
            .ConfigureAwait(false);
    }

    private static CentralState OfError(DBusException error) => error.Name switch
    {
        DBusErrors.AccessDenied => new CentralState(
            CentralCondition.NoPermission,
            $"This user may not use Bluetooth. Add it to the group bluetooth (usermod -aG bluetooth USER, then sign in anew or restart the service), "
            + $"or allow it in the D-Bus policy /etc/dbus-1/system.d/bluetooth.conf. ({error.Message})"),
        DBusErrors.Timeout => new CentralState(
            CentralCondition.NotAnswering, $"The Bluetooth service does not answer. Look at: systemctl status {Unit} ({error.Message})"),
        DBusErrors.NameHasNoOwner or DBusErrors.ServiceUnknown or DBusErrors.NoReply or DBusErrors.Disconnected => new CentralState(
            CentralCondition.NoService, $"The Bluetooth service does not answer. Look at: systemctl status {Unit} ({error.Message})"),
        DBusErrors.InconsistentMessage or DBusErrors.UnknownMethod or DBusErrors.UnknownObject or DBusErrors.UnknownInterface => new CentralState(
            CentralCondition.NoService, $"The Bluetooth service does not answer as BlueZ does. Look at: systemctl status {Unit} ({error.Message})"),
        _ => new CentralState(
            CentralCondition.PoweredOff, $"The Bluetooth adapter could not be switched on. Try: rfkill unblock bluetooth ({error.Name}: {error.Message})"),
    };

    private static string NoBus(DBusException error) =>
        $"The system's message bus can't be reached. Look at: systemctl status dbus.service ({error.Message})";

    private TimeSpan Longer(TimeSpan wait) => wait * 2 < options.RetryLongest ? wait * 2 : options.RetryLongest;

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private void Tell(CentralState state, Radio? radio)
    {
        Radio? before = _radio;
        if (before is not null && radio is not null)
        {
            // It went and was back before anyone looked: all the same it was away, and what used it has ended.
            Changed?.Invoke(new CentralState(CentralCondition.Starting, "Bluetooth went away for a moment."), null);
        }

        _radio = radio;
        before?.End();
        Changed?.Invoke(state, radio);
    }
}
