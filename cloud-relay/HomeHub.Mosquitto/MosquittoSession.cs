using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HomeHub.Mosquitto.Native;

namespace HomeHub.Mosquitto;

/// <summary>
/// One native handle for one connection, used by one thread. A new connection gets a new handle: nothing of the old one (queued packets, a
/// half-made TLS session, another version of MQTT) can leak into it. The session that matters, the broker's, is known by the client id.
/// </summary>
/// <remarks>
/// The handle is put into "external thread" mode: the library then only queues packets, and they leave in <see cref="LoopWrite"/>. Without it
/// libmosquitto 2.0 writes the PUBACK before it calls back with the message; so the PUBACK leaves after the message is in the client's queue.
/// </remarks>
internal sealed unsafe class MosquittoSession : IDisposable
{
    // Debian keeps the system's CAs here, hashed; the library wants a file or a folder.
    private const string SystemCaFolder = "/etc/ssl/certs";
    private const int NoSuchPort = -1;
    private const int MaxKeptErrors = 4;

    private readonly Action<MosquittoMessage> _deliver;
    private readonly Dictionary<int, PublishCommand> _publishes = [];
    private readonly Dictionary<int, Subscription> _subscribes = [];
    private readonly List<string> _errors = [];
    private readonly Action<PublishCommand, ReadOnlyMemory<byte>> _give;
    private GCHandle _self;
    private nint _mosq;

    public MosquittoSession(MosquittoOptions options, MosquittoProtocol protocol, Action<MosquittoMessage> deliver)
    {
        _deliver = deliver;
        _give = Give;
        Protocol = protocol;
        Tls = options.Address.Tls;
        _self = GCHandle.Alloc(this);
        try
        {
            _mosq = LibMosquitto.New(options.ClientId, options.CleanStart, GCHandle.ToIntPtr(_self));
            if (_mosq == 0)
            {
                throw new MosquittoException($"mosquitto_new: {Marshal.GetLastPInvokeErrorMessage()}");
            }

            Configure(options);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public MosquittoProtocol Protocol { get; }

    public bool Tls { get; }

    /// <summary>CONNACK code, once it came.</summary>
    public int? ConnectCode { get; private set; }

    public bool SessionPresent { get; private set; }

    /// <summary>Reason code of the broker's DISCONNECT, once it came.</summary>
    public int? DisconnectCode { get; private set; }

    /// <summary>What the library logged as errors: OpenSSL's, above all.</summary>
    public string Errors => string.Join("; ", _errors);

    /// <summary>An exception out of a callback: a bug of ours, which must not cross into native code.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>A subscription that the broker refused.</summary>
    public (Subscription Subscription, int Code)? RefusedSubscription { get; private set; }

    public int InFlight => _publishes.Count;

    public bool SubscribesPending => _subscribes.Count > 0;

    public int Socket => LibMosquitto.Socket(_mosq);

    public bool WantWrite => LibMosquitto.WantWrite(_mosq);

    /// <summary>Begins to connect, without waiting.</summary>
    /// <returns>The library's error code, and errno with it.</returns>
    public (int Code, int Errno) Connect(MosquittoOptions options)
    {
        var keepAlive = (int)options.KeepAlive.TotalSeconds;
        if (Protocol == MosquittoProtocol.Mqtt5)
        {
            // CONNECT properties can only be given to the blocking connect, which keeps them before it looks at the port. So it gets a port that
            // it refuses, and the connect that does not block then sends them.
            nint properties = 0;
            Check(LibMosquitto.PropertyAddInt32(&properties, LibMosquitto.PropertySessionExpiryInterval, ExpirySeconds(options.SessionExpiry)));
            Check(LibMosquitto.PropertyAddInt32(&properties, LibMosquitto.PropertyMaximumPacketSize, (uint)options.MaxPacketBytes));
            _ = LibMosquitto.ConnectBindV5(_mosq, options.Address.Host, NoSuchPort, keepAlive, null, properties);
            LibMosquitto.PropertyFreeAll(&properties);
        }

        var code = LibMosquitto.ConnectAsync(_mosq, options.Address.Host, options.Address.Port, keepAlive);
        return (code, Marshal.GetLastPInvokeError());
    }

    public (int Code, int Errno) LoopRead() => (LibMosquitto.LoopRead(_mosq, 1), Marshal.GetLastPInvokeError());

    public (int Code, int Errno) LoopWrite() => (LibMosquitto.LoopWrite(_mosq, 1), Marshal.GetLastPInvokeError());

    public (int Code, int Errno) LoopMisc() => (LibMosquitto.LoopMisc(_mosq), Marshal.GetLastPInvokeError());

    /// <summary>Queues DISCONNECT, after everything that is queued already.</summary>
    public void Disconnect() => _ = LibMosquitto.Disconnect(_mosq, 0, 0);

    /// <summary>Gives a publish to the library, which copies the payload once.</summary>
    public void Publish(PublishCommand command) => command.TryHandOver(_give);

    public void Subscribe(Subscription subscription)
    {
        subscription.InPlace = false;
        var filter = subscription.Plain ? subscription.PlainFilter! : subscription.Filter;
        Check(LibMosquitto.Subscribe(_mosq, out var mid, filter, (int)subscription.Qos, 0, 0));
        _subscribes[mid] = subscription;
    }

    /// <summary>Takes every publish that still waits for its PUBACK.</summary>
    public IReadOnlyCollection<PublishCommand> TakeInFlight()
    {
        var left = _publishes.Values.ToArray();
        _publishes.Clear();
        return left;
    }

    public void Dispose()
    {
        if (_mosq != 0)
        {
            LibMosquitto.Destroy(_mosq);
            _mosq = 0;
        }

        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    private static uint ExpirySeconds(TimeSpan expiry) => (uint)Math.Min(expiry.TotalSeconds, uint.MaxValue);

    private static void Check(int code)
    {
        if (code != NativeError.Success)
        {
            throw new MosquittoException(LibMosquitto.ErrorText(code));
        }
    }

    private static MosquittoSession From(nint userData) => (MosquittoSession)GCHandle.FromIntPtr(userData).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint mosq, nint userData, int code, int flags, nint properties)
    {
        var session = From(userData);
        session.ConnectCode = code;
        session.SessionPresent = (flags & 1) != 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint mosq, nint userData, int code, nint properties) =>
        From(userData).DisconnectCode ??= code;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint mosq, nint userData, int mid, int reason, nint properties)
    {
        var session = From(userData);
        try
        {
            session.Acknowledged(mid, reason);
        }
        catch (Exception e)
        {
            session.Fault ??= e;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint mosq, nint userData, int mid, int count, int* granted, nint properties)
    {
        var session = From(userData);
        try
        {
            session.Subscribed(mid, count > 0 ? granted[0] : 0x80);
        }
        catch (Exception e)
        {
            session.Fault ??= e;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint mosq, nint userData, NativeMessage* message, nint properties)
    {
        var session = From(userData);
        try
        {
            var payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength).ToArray();
            var contentType = properties == 0 ? null : ReadContentType(properties);
            session._deliver(new MosquittoMessage(
                LibMosquitto.Text(message->Topic), payload, (MosquittoQos)Math.Min(message->Qos, 1), message->Retain != 0, contentType));
        }
        catch (Exception e)
        {
            session.Fault ??= e;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint mosq, nint userData, int level, byte* text)
    {
        if (level != LibMosquitto.LogError)
        {
            return;
        }

        var session = From(userData);
        try
        {
            if (session._errors.Count < MaxKeptErrors)
            {
                session._errors.Add(LibMosquitto.Text(text));
            }
        }
        catch (Exception e)
        {
            session.Fault ??= e;
        }
    }

    private static string? ReadContentType(nint properties)
    {
        byte* value = null;
        if (LibMosquitto.PropertyReadString(properties, LibMosquitto.PropertyContentType, &value, skipFirst: false) == 0)
        {
            return null;
        }

        var text = LibMosquitto.Text(value);
        NativeMemory.Free(value);
        return text;
    }

    private void Configure(MosquittoOptions options)
    {
        Check(LibMosquitto.ThreadedSet(_mosq, true));
        Check(LibMosquitto.IntOption(
            _mosq, LibMosquitto.OptionProtocolVersion, Protocol == MosquittoProtocol.Mqtt5 ? LibMosquitto.Protocol5 : LibMosquitto.Protocol311));
        Check(LibMosquitto.IntOption(_mosq, LibMosquitto.OptionTcpNoDelay, 1));
        Check(LibMosquitto.IntOption(_mosq, LibMosquitto.OptionSendMaximum, options.MaxInFlightPublishes));
        if (options.Username is not null)
        {
            Check(LibMosquitto.UsernamePasswordSet(_mosq, options.Username, options.Password));
        }

        if (options.Will is { } will)
        {
            fixed (byte* payload = will.Payload.Span)
            {
                Check(LibMosquitto.WillSet(_mosq, will.Topic, will.Payload.Length, payload, (int)will.Qos, will.Retain, 0));
            }
        }

        if (Tls)
        {
            Check(LibMosquitto.TlsSet(
                _mosq, options.CaFile, options.CaFile is null ? SystemCaFolder : null, options.CertificateFile, options.KeyFile, 0));
        }

        LibMosquitto.LogCallbackSet(_mosq, &OnLog);
        LibMosquitto.ConnectCallbackSet(_mosq, &OnConnect);
        LibMosquitto.DisconnectCallbackSet(_mosq, &OnDisconnect);
        LibMosquitto.PublishCallbackSet(_mosq, &OnPublish);
        LibMosquitto.SubscribeCallbackSet(_mosq, &OnSubscribe);
        LibMosquitto.MessageCallbackSet(_mosq, &OnMessage);
    }

    private void Give(PublishCommand command, ReadOnlyMemory<byte> payload)
    {
        nint properties = 0;
        int code, mid;
        try
        {
            if (command.ContentType is { } contentType && Protocol == MosquittoProtocol.Mqtt5)
            {
                Check(LibMosquitto.PropertyAddString(&properties, LibMosquitto.PropertyContentType, contentType));
            }

            fixed (byte* bytes = payload.Span)
            {
                code = LibMosquitto.Publish(_mosq, out mid, command.Topic, payload.Length, bytes, (int)command.Qos, command.Retain, properties);
            }
        }
        finally
        {
            LibMosquitto.PropertyFreeAll(&properties);
        }

        if (code != NativeError.Success)
        {
            command.Fail(new MosquittoException($"The publish was not taken: {LibMosquitto.ErrorText(code)}."));
            return;
        }

        _publishes.Add(mid, command);
    }

    private void Acknowledged(int mid, int reason)
    {
        if (!_publishes.Remove(mid, out var command))
        {
            return;
        }

        if (reason < 0x80)
        {
            command.Succeed();
        }
        else
        {
            command.Fail(new MosquittoException($"The broker refused the publish: {LibMosquitto.ReasonText(reason)} (0x{reason:X2})."));
        }
    }

    private void Subscribed(int mid, int code)
    {
        if (!_subscribes.Remove(mid, out var subscription))
        {
            return;
        }

        if (code < 0x80)
        {
            subscription.Succeed();
        }
        else if (subscription is { Plain: false, PlainFilter: not null })
        {
            // Shared subscriptions are optional even on MQTT 5. The loop sees that it is not in place and subscribes again.
            subscription.Plain = true;
        }
        else
        {
            RefusedSubscription = (subscription, code);
        }
    }
}
