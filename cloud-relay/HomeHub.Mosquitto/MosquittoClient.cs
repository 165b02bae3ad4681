using System.Collections.Concurrent;
using System.Threading.Channels;
using HomeHub.Mosquitto.Native;

namespace HomeHub.Mosquitto;

/// <summary>
/// A client of an MQTT broker that stays connected: it reconnects by itself for as long as it lives, keeps its subscriptions in place, and says of
/// every publish whether the broker has it.
/// </summary>
/// <remarks>
/// <para>Every native call is made by one thread of the client's own, so there is no locking against the library and closing is safe at any moment.</para>
/// <para>A publish that is under way when the connection ends <b>fails</b> (the broker may have it or not) and is not sent again by the client: who
/// publishes knows better whether it still matters. A publish without a connection fails at once. Subscriptions are the other way round: they are kept and renewed.</para>
/// <para>Messages wait in <see cref="Messages"/>. Their PUBACK leaves once they are in that queue, not once they are worked off: it says "arrived", no more.
/// When <see cref="MosquittoOptions.MaxQueuedMessages"/> wait, reading from the broker pauses, unless an own publish waits for its PUBACK, which can only
/// come by reading. A receiver that stalls for longer than the keep-alive time, or lets four times that number pile up, costs the connection.</para>
/// </remarks>
public sealed class MosquittoClient : IAsyncDisposable
{
    /// <summary>How long closing may take to send what is queued and DISCONNECT.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly MosquittoOptions _options;
    private readonly MosquittoLoop _loop;
    private readonly SemaphoreSlim _places;
    private readonly StateNotifier _notifier;
    private int _started;

    /// <summary>Makes a client; <see cref="Start"/> connects it.</summary>
    /// <param name="options">How to connect.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message says which and why.</exception>
    /// <exception cref="MosquittoException">libmosquitto is missing; the message names the package.</exception>
    public MosquittoClient(MosquittoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        LibraryVersion = NativeLibraryCheck.EnsureLoaded();
        _options = options;
        _places = new SemaphoreSlim(options.MaxInFlightPublishes);
        _notifier = new StateNotifier(change => StateChanged?.Invoke(this, change));
        _loop = new MosquittoLoop(options, _notifier);
    }

    /// <summary>Raised at each change of state, one at a time and in order, never by the client's own thread. A handler must not throw.</summary>
    public event EventHandler<MosquittoStateEventArgs>? StateChanged;

    /// <summary>Version of the native library.</summary>
    public Version LibraryVersion { get; }

    /// <summary>Where the client stands now.</summary>
    public MosquittoState State => _loop.State;

    /// <summary>The version of MQTT that is spoken, or tried next.</summary>
    public MosquittoProtocol Protocol => _loop.Protocol;

    /// <summary>Why there is no connection; null while there is one, and before the first try.</summary>
    public MosquittoFailure? LastFailure => _loop.LastFailure;

    /// <summary>Messages received, in the order of their arrival. Completes when the client is closed.</summary>
    public ChannelReader<MosquittoMessage> Messages => _loop.Messages;

    /// <summary>Begins to connect. Subscriptions and handlers may be put in place before.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("A client is started once.");
        }

        _loop.Start();
    }

    /// <summary>Waits until the client is connected and its subscriptions are in place.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>A task that completes when it is connected, or fails when it is closed before.</returns>
    public Task WaitUntilConnectedAsync(CancellationToken cancellation) => _loop.WhenConnected.WaitAsync(cancellation);

    /// <summary>Completes when the client's thread has taken a turn, connected or not: a thread that hangs, as in a look-up of a name, makes this wait.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task ProbeAsync(CancellationToken cancellation) => _loop.ProbeAsync().WaitAsync(cancellation);

    /// <summary>
    /// Publishes. At QoS 1 the task completes when the PUBACK came, at QoS 0 when the packet was written. Messages leave in the order of the calls, as
    /// long as no more than <see cref="MosquittoOptions.MaxInFlightPublishes"/> are under way; calls that must wait for a place may overtake each other.
    /// </summary>
    /// <param name="topic">The topic: no wildcards.</param>
    /// <param name="payload">The payload; not copied by the client, so it must not change before the task completes.</param>
    /// <param name="qos">The quality of service.</param>
    /// <param name="retain">Whether the broker keeps it for later subscribers.</param>
    /// <param name="contentType">MQTT 5 content type; left out on 3.1.1.</param>
    /// <param name="cancellation">Ends the waiting. What the library has taken already is sent all the same.</param>
    /// <returns>A task for the acknowledgement.</returns>
    /// <exception cref="MosquittoException">There is no connection, it was lost before the PUBACK, or the broker refused the publish.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        MosquittoQos qos = MosquittoQos.AtLeastOnce,
        bool retain = false,
        string? contentType = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var command = new PublishCommand(topic, payload, qos, retain, contentType);
            await using var registration = cancellation.UnsafeRegister(
                static (state, token) => ((PublishCommand)state!).Cancel(token), command).ConfigureAwait(false);
            _loop.Publish(command);
            await command.Task.ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Subscribes, now and after each reconnection.</summary>
    /// <param name="filter">The topic filter; may be a shared subscription (<c>$share/group/…</c>).</param>
    /// <param name="plainFilter">What to subscribe to instead where the broker has no shared subscriptions (MQTT 3.1.1, or 5 without them). Null: nothing else.</param>
    /// <param name="qos">The most that messages may come with.</param>
    /// <param name="cancellation">Ends the waiting; the subscription stays wanted.</param>
    /// <returns>A task that completes when the first SUBACK came; without a connection it waits for one.</returns>
    /// <exception cref="MosquittoException">The broker refused it, or the client was closed.</exception>
    public Task SubscribeAsync(
        string filter, string? plainFilter = null, MosquittoQos qos = MosquittoQos.AtLeastOnce, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(filter);
        var subscription = new Subscription(filter, plainFilter, qos);
        _loop.Subscribe(subscription);
        return subscription.First.WaitAsync(cancellation);
    }

    /// <summary>
    /// Sends what is queued and DISCONNECT (the broker then forgets the Last Will), ends the thread and fails whatever still waits. Takes at most
    /// about <see cref="CloseTimeout"/>; a name look-up that hangs is left to end by itself.
    /// </summary>
    /// <returns>A task that completes when the client is closed.</returns>
    public ValueTask DisposeAsync() => CloseAsync(orderly: true);

    /// <summary>Ends without DISCONNECT, as a process that is killed would: the broker publishes the Last Will.</summary>
    internal ValueTask AbortAsync() => CloseAsync(orderly: false);

    private async ValueTask CloseAsync(bool orderly)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _loop.Dispose();
        }
        else
        {
            _loop.Stop(orderly);
        }

        // Twice the time that the loop gives itself: beyond it the thread hangs in a name look-up, and ends by itself when that does.
        await Task.WhenAny(_loop.Ended, Task.Delay(CloseTimeout * 2, _options.TimeProvider)).ConfigureAwait(false);
        if (_loop.Ended.IsCompleted)
        {
            await _loop.Ended.ConfigureAwait(false);
            await _notifier.CompleteAsync().ConfigureAwait(false);
        }
    }
}
