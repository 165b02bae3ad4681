using System.Collections.Concurrent;
using System.Threading.Channels;
using HomeHub.Mosquitto.Native;

namespace HomeHub.Mosquitto;

/// <summary>The client's thread: connects, keeps the connection, waits, connects again. The only one that calls the library.</summary>
internal sealed partial class MosquittoLoop : IDisposable
{
    private static readonly MosquittoFailure NotConnected = new(MosquittoFailureKind.NotConnected, "There is no connection to the broker yet.");
    private static readonly MosquittoFailure ClosedFailure = new(MosquittoFailureKind.NotConnected, "The client is closed.");

    private readonly MosquittoOptions _options;
    private readonly StateNotifier _notifier;
    private readonly ReconnectBackoff _backoff;
    private readonly ProtocolChoice _protocol;
    private readonly EventFd _wake = new();
    private readonly ConcurrentQueue<PublishCommand> _publishes = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _probes = new();
    private readonly Channel<MosquittoMessage> _messages = Channel.CreateUnbounded<MosquittoMessage>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MosquittoFailure? _lastFailure;
    private volatile bool _stopping;
    private volatile bool _orderly;
    private volatile int _state = (int)MosquittoState.Closed;
    private bool _closed;

    public MosquittoLoop(MosquittoOptions options, StateNotifier notifier)
    {
        _options = options;
        _notifier = notifier;
        _backoff = new ReconnectBackoff(options.MaxReconnectDelay, options.Random);
        _protocol = new ProtocolChoice(options.OnlyProtocol);
    }

    public MosquittoState State => (MosquittoState)_state;

    public MosquittoProtocol Protocol => _protocol.Current;

    public MosquittoFailure? LastFailure => _lastFailure;

    public ChannelReader<MosquittoMessage> Messages => _messages.Reader;

    public Task Ended => _ended.Task;

    public Task WhenConnected
    {
        get
        {
            lock (_gate)
            {
                return _connected.Task;
            }
        }
    }

    public void Start() => new Thread(Run) { IsBackground = true, Name = "mqtt" }.Start();

    public void Stop(bool orderly)
    {
        _orderly = orderly;
        _stopping = true;
        Wake();
    }

    /// <summary>Closes a loop that was never started; a started one closes itself at its end.</summary>
    public void Dispose()
    {
        Close();
        _ended.TrySetResult();
    }

    public void Publish(PublishCommand command)
    {
        if (State != MosquittoState.Connected)
        {
            command.Fail(new MosquittoException(_lastFailure ?? NotConnected));
            return;
        }

        _publishes.Enqueue(command);
        if (State != MosquittoState.Connected)
        {
            // The connection ended in between, and the loop may have emptied the queue already.
            FailQueued(_lastFailure ?? NotConnected);
        }

        Wake();
    }

    public void Subscribe(Subscription subscription)
    {
        lock (_gate)
        {
            if (_closed)
            {
                subscription.Fail(new MosquittoException(ClosedFailure));
                return;
            }

            _subscriptions.Add(subscription);
        }

        Wake();
    }

    /// <summary>Completes with the next turn of the loop, or at once when it has ended.</summary>
    public Task ProbeAsync()
    {
        var probe = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _probes.Enqueue(probe);
        lock (_gate)
        {
            if (_closed)
            {
                AnswerProbes();
            }
        }

        Wake();
        return probe.Task;
    }

    private void AnswerProbes()
    {
        while (_probes.TryDequeue(out TaskCompletionSource? probe))
        {
            probe.TrySetResult();
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Signal();
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended: everything that waited has failed, and there is nobody to wake.
        }
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                RunOneConnection();
            }

            Close();
            _ended.TrySetResult();
        }
        catch (Exception e)
        {
            // A bug, or no more file descriptors: it comes to light at whoever closes the client or reads its messages.
            _messages.Writer.TryComplete(e);
            Close();
            _ended.TrySetException(e);
        }
    }

    private void RunOneConnection()
    {
        SetState(new MosquittoStateEventArgs(MosquittoState.Connecting, Protocol));
        MosquittoFailure? failure;
        bool connected, sentConnect;
        using (var connection = new Connection(this))
        {
            failure = connection.Run();
            connected = connection.Connected;
            sentConnect = connection.TcpConnected && connection.Unanswered;
            if (connection.Held)
            {
                _backoff.Held();
            }

            EndConnection(failure ?? ClosedFailure, connection.TakeInFlight());
        }

        if (failure is null)
        {
            return;
        }

        var atOnce = !connected && _protocol.Failed(failure.Kind, sentConnect);
        var delay = atOnce ? TimeSpan.Zero : _backoff.Next();
        SetState(new MosquittoStateEventArgs(MosquittoState.Waiting, Protocol) { Failure = failure, RetryAfter = delay, FailedTries = _backoff.FailedTries });
        Wait(delay);
    }

    private void EndConnection(MosquittoFailure failure, IReadOnlyCollection<PublishCommand> inFlight)
    {
        _lastFailure = failure;
        lock (_gate)
        {
            _state = (int)MosquittoState.Waiting;
            if (_connected.Task.IsCompleted)
            {
                _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        foreach (var command in inFlight)
        {
            command.Fail(new MosquittoException(failure));
        }

        FailQueued(failure);
    }

    private void FailQueued(MosquittoFailure failure)
    {
        while (_publishes.TryDequeue(out var command))
        {
            command.Fail(new MosquittoException(failure));
        }
    }

    private void Close()
    {
        TaskCompletionSource connected;
        Subscription[] subscriptions;
        lock (_gate)
        {
            _closed = true;
            connected = _connected;
            subscriptions = [.. _subscriptions];
        }

        _lastFailure ??= ClosedFailure;
        SetState(new MosquittoStateEventArgs(MosquittoState.Closed, Protocol));
        foreach (var subscription in subscriptions)
        {
            subscription.Fail(new MosquittoException(ClosedFailure));
        }

        FailQueued(ClosedFailure);
        AnswerProbes();
        connected.TrySetException(new MosquittoException(ClosedFailure));
        _ = connected.Task.Exception;
        _messages.Writer.TryComplete();
        _wake.Dispose();
    }

    private void SetState(MosquittoStateEventArgs change)
    {
        TaskCompletionSource? connected = null;
        lock (_gate)
        {
            _state = (int)change.State;
            if (change.State == MosquittoState.Connected)
            {
                _lastFailure = null;
                connected = _connected;
            }
        }

        connected?.TrySetResult();
        _notifier.Post(change);
    }

    private unsafe void Wait(TimeSpan delay)
    {
        var time = _options.TimeProvider;
        var start = time.GetTimestamp();
        while (!_stopping)
        {
            var left = delay - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            var fd = new PollFd { Fd = _wake.Fd, Events = PollFd.In };
            _ = Libc.Poll(&fd, 1, (int)Math.Ceiling(left.TotalMilliseconds));
            _wake.Reset();
            AnswerProbes();
        }
    }
}
