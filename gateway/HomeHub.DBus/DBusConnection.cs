using System.Runtime.InteropServices;
using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>
/// A connection to a message bus. Safe for use from several threads. Values are plain objects: <c>y</c> byte, <c>b</c> bool, <c>n q i u x t</c>
/// the integers, <c>d</c> double, <c>s g</c> string, <c>o</c> <see cref="DBusPath"/>, <c>ay</c> byte[], <c>as</c> string[], <c>ao</c> DBusPath[], other
/// arrays and structures object[], dictionaries <see cref="Dictionary{TKey, TValue}"/> with string, path, ushort or object keys and object values. A
/// variant is read as its bare value, and written from a bare value whose type tells the signature, else from a <see cref="DBusVariant"/>.
/// </summary>
public sealed class DBusConnection : IAsyncDisposable
{
    /// <summary>How long an answer is waited for when the caller names no other limit.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(25);

    private const string Bus = "org.freedesktop.DBus", BusPath = "/org/freedesktop/DBus";

    private readonly DBusLoop _loop;
    private readonly TimeProvider _time;
    private readonly SignalTable _signals = new();
    private readonly ObjectTable _objects;

    private DBusConnection(string? address, TimeProvider time)
    {
        _time = time;
        _loop = new DBusLoop(address, Receive);
        _objects = new ObjectTable(_loop, error => HandlerFailed?.Invoke(error));
    }

    /// <summary>The name that the bus gave, <c>:1.42</c>.</summary>
    public string UniqueName { get; private set; } = "";

    /// <summary>Completes with the reason when the bus went away or the connection was disposed; never fails.</summary>
    public Task<DBusException> Closed => _loop.Closed;

    /// <summary>Raised when a method's handler threw something else than a <see cref="DBusException"/>, which is a bug of this program.</summary>
    public event Action<Exception>? HandlerFailed;

    /// <summary>Connects to the system's bus.</summary>
    /// <exception cref="DBusException">It can't be reached.</exception>
    public static Task<DBusConnection> OpenSystemAsync(TimeProvider time, CancellationToken cancellation) => OpenAsync(null, time, cancellation);

    /// <summary>Connects to the bus at an address, <c>unix:path=/run/bus</c>; null for the system's.</summary>
    /// <exception cref="DBusException">It can't be reached; the message says why.</exception>
    public static async Task<DBusConnection> OpenAsync(string? address, TimeProvider time, CancellationToken cancellation)
    {
        var connection = new DBusConnection(address, time);
        Task<string> opening = connection._loop.OpenAsync();
        try
        {
            connection.UniqueName = await opening.WaitAsync(DefaultLimit, time, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (TimeoutException error)
        {
            _ = connection._loop.DisposeAsync().AsTask();
            throw new DBusException(DBusErrors.Timeout, "The message bus does not answer.", error);
        }
        catch (OperationCanceledException)
        {
            _ = connection._loop.DisposeAsync().AsTask();
            throw;
        }
    }

    /// <summary>Calls a method without arguments.</summary>
    /// <inheritdoc cref="CallAsync(string, string, string, string, string, IReadOnlyList{object}, TimeSpan?, CancellationToken)"/>
    public Task<object[]> CallAsync(
        string destination, string path, string @interface, string member, TimeSpan? limit = null, CancellationToken cancellation = default) =>
        CallAsync(destination, path, @interface, member, "", [], limit, cancellation);

    /// <summary>Calls a method and waits for its answer.</summary>
    /// <param name="destination">Who is called: a unique or a well-known name.</param>
    /// <param name="path">The object.</param>
    /// <param name="interface">The interface.</param>
    /// <param name="member">The method.</param>
    /// <param name="signature">Types of the arguments, <c>sa{sv}</c>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="limit">How long an answer is waited for; null: <see cref="DefaultLimit"/>.</param>
    /// <param name="cancellation">Gives back at once; a late answer goes nowhere.</param>
    /// <returns>The answer's arguments.</returns>
    /// <exception cref="DBusException">The peer's error, or <see cref="DBusErrors.Timeout"/>, <see cref="DBusErrors.Disconnected"/> and the like.</exception>
    public async Task<object[]> CallAsync(
        string destination,
        string path,
        string @interface,
        string member,
        string signature,
        IReadOnlyList<object> arguments,
        TimeSpan? limit = null,
        CancellationToken cancellation = default)
    {
        var call = new PendingCall(_loop);
        bool posted = _loop.Post(() =>
        {
            try
            {
                nint message = _loop.NewCall(destination, path, @interface, member);
                Fill(message, signature, arguments);
                _loop.Send(call, message);
            }
            catch (DBusException error)
            {
                call.Fail(error);
            }
        });
        if (!posted)
        {
            throw new DBusException(DBusErrors.Disconnected, "The connection to the message bus is closed.");
        }

        try
        {
            return await call.Answer.WaitAsync(limit ?? DefaultLimit, _time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            _loop.Post(() => _loop.Drop(call));
            throw new DBusException(DBusErrors.Timeout, $"{destination} did not answer {@interface}.{member} in time.", error);
        }
        catch (OperationCanceledException)
        {
            _loop.Post(() => _loop.Drop(call));
            throw;
        }
    }

    /// <summary>
    /// Takes signals from now on. The handler runs on the connection's thread, signals in the order of the bus, and before the answer of a call that
    /// came after them: it must return at once and must not throw.
    /// </summary>
    /// <returns>Ends it when disposed; no handler runs after that has completed.</returns>
    public async Task<IAsyncDisposable> SubscribeAsync(DBusMatch match, Action<DBusSignal> handler, CancellationToken cancellation = default)
    {
        bool isWellKnown = match.Sender is { } sender && sender != Bus && sender[0] != ':';
        IAsyncDisposable? owner = null;
        var subscription = new SignalSubscription(this, match, handler);
        if (isWellKnown)
        {
            owner = await WatchNameAsync(match.Sender!, name => subscription.Owner = name, cancellation).ConfigureAwait(false);
        }

        subscription.OwnerWatch = owner;
        subscription.Owner ??= isWellKnown ? null : match.Sender;
        await AddAsync(subscription, cancellation).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>Tells who owns a name: once now, and at each change; null when nobody does. The handler runs as that of <see cref="SubscribeAsync"/>.</summary>
    public async Task<IAsyncDisposable> WatchNameAsync(string name, Action<string?> handler, CancellationToken cancellation = default)
    {
        var match = new DBusMatch { Sender = Bus, Path = BusPath, Interface = Bus, Member = "NameOwnerChanged", Arg0 = name };
        int changes = 0;
        var subscription = new SignalSubscription(this, match, signal =>
        {
            changes++;
            handler(signal.Arguments is [_, _, string { Length: > 0 } owner] ? owner : null);
        })
        { Owner = Bus };
        await AddAsync(subscription, cancellation).ConfigureAwait(false);
        string? first = await GetOwnerAsync(name, cancellation).ConfigureAwait(false);

        // What was told meanwhile is newer than the answer.
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool posted = _loop.Post(() =>
        {
            if (changes == 0)
            {
                handler(first);
            }

            told.SetResult();
        });
        await (posted ? told.Task : Task.CompletedTask).WaitAsync(cancellation).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>Takes a well-known name. Signals and calls to it come here then.</summary>
    /// <exception cref="DBusException">Somebody else has it, or the policy does not allow it.</exception>
    public async Task RequestNameAsync(string name, CancellationToken cancellation = default)
    {
        const uint DoNotQueue = 4, PrimaryOwner = 1, AlreadyOwner = 4;
        object[] answer = await CallAsync(Bus, BusPath, Bus, "RequestName", "su", [name, DoNotQueue], null, cancellation).ConfigureAwait(false);
        if (answer is not [PrimaryOwner or AlreadyOwner])
        {
            throw new DBusException(DBusErrors.Failed, $"Somebody else owns the name {name}.");
        }
    }

    /// <summary>Gives a well-known name back. Idempotent.</summary>
    public Task ReleaseNameAsync(string name, CancellationToken cancellation = default) =>
        CallAsync(Bus, BusPath, Bus, "ReleaseName", "s", [name], null, cancellation);

    /// <summary>Shows an object to the bus, or replaces the one at its path. Object managers above it tell of it.</summary>
    /// <returns>Takes it away when disposed.</returns>
    public Task<IAsyncDisposable> ExportAsync(DBusObject shown) => RunAsync(() => _objects.Add(shown));

    /// <summary>Sends a signal.</summary>
    public Task EmitAsync(string path, string @interface, string member, string signature, params IReadOnlyList<object> arguments) => RunAsync(() =>
    {
        nint message = _loop.NewSignal(path, @interface, member);
        Fill(message, signature, arguments);
        _loop.Send(message);
        return true;
    });

    /// <summary>Tells that properties of a shown object changed, with the values that their getters give now.</summary>
    public Task EmitPropertiesChangedAsync(string path, string @interface, params string[] properties) =>
        RunAsync(() => _objects.TellChanged(path, @interface, properties));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    internal async Task RemoveAsync(SignalSubscription subscription)
    {
        await RunAsync(() => _signals.Remove(subscription)).ConfigureAwait(false);
        await CallAsync(Bus, BusPath, Bus, "RemoveMatch", "s", [subscription.Match.ToRule()]).ConfigureAwait(false);
    }

    internal static void Fill(nint message, string signature, IReadOnlyList<object> arguments)
    {
        try
        {
            MessageWriter.WriteAll(message, signature, arguments);
        }
        catch (DBusException)
        {
            SdBus.sd_bus_message_unref(message);
            throw;
        }
    }

    private async Task AddAsync(SignalSubscription subscription, CancellationToken cancellation)
    {
        await RunAsync(() => _signals.Add(subscription)).ConfigureAwait(false);
        try
        {
            await CallAsync(Bus, BusPath, Bus, "AddMatch", "s", [subscription.Match.ToRule()], null, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DBusException or OperationCanceledException)
        {
            _loop.Post(() => _signals.Remove(subscription));
            throw;
        }
    }

    private async Task<string?> GetOwnerAsync(string name, CancellationToken cancellation)
    {
        try
        {
            object[] answer = await CallAsync(Bus, BusPath, Bus, "GetNameOwner", "s", [name], null, cancellation).ConfigureAwait(false);
            return answer is [string owner] ? owner : null;
        }
        catch (DBusException error) when (error.Name == DBusErrors.NameHasNoOwner)
        {
            return null;
        }
    }

    private async Task<T> RunAsync<T>(Func<T> command)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool posted = _loop.Post(() =>
        {
            try
            {
                done.SetResult(command());
            }
            catch (DBusException error)
            {
                done.SetException(error);
            }
        });
        return posted ? await done.Task.ConfigureAwait(false) : throw new DBusException(DBusErrors.Disconnected, "The connection to the message bus is closed.");
    }

    private unsafe bool Receive(byte type, nint message)
    {
        if (type == SdBus.MethodCall)
        {
            return _objects.Handle(message);
        }

        string sender = MessageReader.Text(SdBus.sd_bus_message_get_sender(message));
        string path = MessageReader.Text(SdBus.sd_bus_message_get_path(message));
        string @interface = MessageReader.Text(SdBus.sd_bus_message_get_interface(message));
        string member = MessageReader.Text(SdBus.sd_bus_message_get_member(message));
        try
        {
            _signals.Give(new DBusSignal(sender, path, @interface, member, MessageReader.ReadAll(message)));
        }
        catch (DBusException)
        {
            // A signal that can't be read (a file descriptor, a type of a later version) says nothing to anybody here.
        }

        return false;
    }
}
