using HomeHub.Mosquitto.Native;

namespace HomeHub.Mosquitto;

/// <content>One connection.</content>
internal sealed partial class MosquittoLoop
{
    /// <summary>One connection, from the first SYN to its end.</summary>
    private sealed class Connection : IDisposable
    {
        private const int IdlePollMilliseconds = 1000;
        private const int HandshakePollMilliseconds = 50;
        private const int PausedPollMilliseconds = 5;
        private const int MaxQueueFactor = 4;

        private readonly MosquittoLoop _loop;
        private readonly MosquittoOptions _options;
        private readonly MosquittoSession _session;
        private readonly TimeProvider _time;
        private readonly long _begun;
        private long _connectedAt;
        private long _lastMisc;
        private int _subscribed;
        private bool _tooSlow;

        public Connection(MosquittoLoop loop)
        {
            _loop = loop;
            _options = loop._options;
            _time = _options.TimeProvider;
            _begun = _lastMisc = _time.GetTimestamp();
            _session = new MosquittoSession(_options, loop.Protocol, Deliver);
        }

        /// <summary>The TCP connection came about.</summary>
        public bool TcpConnected { get; private set; }

        /// <summary>There was no CONNACK.</summary>
        public bool Unanswered => _session.ConnectCode is null;

        /// <summary>Connected, with all subscriptions in place.</summary>
        public bool Connected { get; private set; }

        /// <summary>Connected for long enough to begin the back-off afresh.</summary>
        public bool Held => Connected && _time.GetElapsedTime(_connectedAt) >= ReconnectBackoff.HeldAfter;

        private static TimeSpan CloseHalfTime => MosquittoClient.CloseTimeout / 2;

        private bool Paused =>
            Connected && _loop._messages.Reader.Count >= _options.MaxQueuedMessages && _session.InFlight == 0 && !_session.SubscribesPending;

        public IReadOnlyCollection<PublishCommand> TakeInFlight() => _session.TakeInFlight();

        public void Dispose() => _session.Dispose();

        /// <returns>Why it ended; null when the client is being closed.</returns>
        public MosquittoFailure? Run()
        {
            var (code, errno) = _session.Connect(_options);
            if (code != NativeError.Success)
            {
                return code == NativeError.Errno ? FailureReader.Unreachable(errno) : FailureReader.Read(_session, code, errno);
            }

            while (true)
            {
                if (_loop._stopping)
                {
                    Leave();
                    return null;
                }

                if (Step() is { } failure)
                {
                    return failure;
                }

                _loop.AnswerProbes();

                if (!Connected && _time.GetElapsedTime(_begun) > _options.ConnectTimeout)
                {
                    return TcpConnected
                        ? new MosquittoFailure(MosquittoFailureKind.ConnectionLost, "The broker did not finish the connection in time.")
                        : new MosquittoFailure(MosquittoFailureKind.Unreachable, "The broker can't be reached: no answer in time.");
                }
            }
        }

        private MosquittoFailure? Step()
        {
            if (_session.ConnectCode == 0)
            {
                SubscribeNew();
                BecomeConnected();
                SendQueued();
            }

            var revents = Poll();
            if (!TcpConnected)
            {
                return revents == 0 ? null : FinishTcp();
            }

            var result = Work(revents);
            if (_session.Fault is { } fault)
            {
                throw new InvalidOperationException("A callback failed.", fault);
            }

            if (_tooSlow)
            {
                return new(MosquittoFailureKind.ReceiverTooSlow, "Messages came faster than they were taken.");
            }

            if (_session.RefusedSubscription is { } refused)
            {
                var failure = FailureReader.Read(_session, result.Code, result.Errno);
                RefuseSubscription(refused.Subscription, failure);
                return failure;
            }

            return result.Code != NativeError.Success || _session.Socket < 0 ? FailureReader.Read(_session, result.Code, result.Errno) : null;
        }

        /// <summary>A connect(2) in the background is done: well or not.</summary>
        private MosquittoFailure? FinishTcp()
        {
            var error = Libc.SocketError(_session.Socket);

            // A reset comes from a peer that was there: it has seen our first bytes and does not want them.
            TcpConnected = error is 0 or Libc.ConnectionReset;
            return error == 0 ? null : TcpConnected ? FailureReader.Read(_session, NativeError.ConnectionLost, error) : FailureReader.Unreachable(error);
        }

        private (int Code, int Errno) Work(short revents)
        {
            var handshake = _session.Tls && Unanswered;
            (int Code, int Errno) result = default;
            if (handshake || (revents & (PollFd.In | PollFd.Broken)) != 0)
            {
                result = _session.LoopRead();
            }

            if (result.Code == 0 && _session.Socket >= 0 && (handshake || _session.WantWrite))
            {
                result = _session.LoopWrite();
            }

            if (result.Code == 0 && _session.Socket >= 0 && _time.GetElapsedTime(_lastMisc).TotalMilliseconds >= IdlePollMilliseconds)
            {
                _lastMisc = _time.GetTimestamp();
                result = _session.LoopMisc();
            }

            // The library takes a handshake whose socket is gone for one that goes on.
            return handshake && result.Code == 0 && (revents & PollFd.Broken) != 0 && Unanswered ? (NativeError.Tls, 0) : result;
        }

        private unsafe short Poll()
        {
            var handshake = _session.Tls && Unanswered && TcpConnected;
            var paused = Paused;
            var events = (short)((paused ? 0 : PollFd.In) | (!TcpConnected || (!handshake && _session.WantWrite) ? PollFd.Out : 0));
            var timeout = handshake ? HandshakePollMilliseconds : paused ? PausedPollMilliseconds : IdlePollMilliseconds;
            var fds = stackalloc PollFd[2];
            fds[0] = new PollFd { Fd = _session.Socket, Events = events };
            fds[1] = new PollFd { Fd = _loop._wake.Fd, Events = PollFd.In };
            if (Libc.Poll(fds, 2, timeout) <= 0)
            {
                return 0;
            }

            if (fds[1].Revents != 0)
            {
                _loop._wake.Reset();
            }

            return fds[0].Revents;
        }

        private void Deliver(MosquittoMessage message)
        {
            _loop._messages.Writer.TryWrite(message);
            _tooSlow |= _loop._messages.Reader.Count > (long)_options.MaxQueuedMessages * MaxQueueFactor;
        }

        private void SubscribeNew()
        {
            lock (_loop._gate)
            {
                for (; _subscribed < _loop._subscriptions.Count; _subscribed++)
                {
                    var subscription = _loop._subscriptions[_subscribed];
                    subscription.Plain = _session.Protocol == MosquittoProtocol.Mqtt311 && subscription.PlainFilter is not null;
                    _session.Subscribe(subscription);
                }

                if (_session.SubscribesPending)
                {
                    return;
                }

                // Whose SUBACK refused the shared filter comes again by the plain one.
                foreach (var subscription in _loop._subscriptions)
                {
                    if (!subscription.InPlace)
                    {
                        _session.Subscribe(subscription);
                    }
                }
            }
        }

        private void BecomeConnected()
        {
            if (Connected || _session.SubscribesPending)
            {
                return;
            }

            Connected = true;
            _connectedAt = _time.GetTimestamp();
            _loop._protocol.Connected();
            _loop.SetState(new MosquittoStateEventArgs(MosquittoState.Connected, _session.Protocol) { SessionPresent = _session.SessionPresent });
        }

        private void SendQueued()
        {
            while (Connected && _loop._publishes.TryDequeue(out var command))
            {
                _session.Publish(command);
            }
        }

        /// <summary>A subscription that was refused at its first try is given up, and its caller told; one that once was in place is tried again.</summary>
        private void RefuseSubscription(Subscription subscription, MosquittoFailure failure)
        {
            if (subscription.First.IsCompleted)
            {
                return;
            }

            lock (_loop._gate)
            {
                _loop._subscriptions.Remove(subscription);
            }

            subscription.Fail(new MosquittoException(failure));
        }

        private void Leave()
        {
            if (!_loop._orderly || !Connected)
            {
                return;
            }

            SendQueued();
            var begun = _time.GetTimestamp();
            while (_session.InFlight > 0 && _session.Socket >= 0 && _time.GetElapsedTime(begun) < CloseHalfTime)
            {
                if (Work(Poll()).Code != 0)
                {
                    return;
                }
            }

            _session.Disconnect();
            begun = _time.GetTimestamp();
            while (_session.Socket >= 0 && _time.GetElapsedTime(begun) < CloseHalfTime)
            {
                _ = Poll();
                if (_session.LoopWrite().Code != 0)
                {
                    return;
                }
            }
        }
    }
}
